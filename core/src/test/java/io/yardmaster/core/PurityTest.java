package io.yardmaster.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The core uses no Kafka, clock, randomness or threads, so that the same commands give the same decisions. */
@AnalyzeClasses(packages = "io.yardmaster.core", importOptions = DoNotIncludeTests.class)
class PurityTest {
    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "org.jspecify.annotations");
    private static final Set<String> OTHERS = Set.of(
            ByteBuffer.class.getName(),
            StandardCharsets.class.getName(),
            Charset.class.getName(),
            Duration.class.getName(),
            // The caller decides on which thread a plan is made.
            Executor.class.getName());
    private static final Set<String> FORBIDDEN = Set.of(
            Random.class.getName(),
            SplittableRandom.class.getName(),
            UUID.class.getName(),
            "java.util.Timer",
            "java.util.TimerTask",
            Thread.class.getName(),
            ThreadLocal.class.getName(),
            Runtime.class.getName(),
            Process.class.getName(),
            ProcessBuilder.class.getName());

    private static final DescribedPredicate<JavaClass> PURE =
            describe("be plain Java without time, randomness or threads", PurityTest::isPure);

    private static boolean isPure(JavaClass used) {
        JavaClass type = used.getBaseComponentType();
        if (type.isPrimitive()) {
            return true;
        }
        return OTHERS.contains(type.getName())
                || type.getPackageName().startsWith("io.yardmaster.core")
                || (PACKAGES.contains(type.getPackageName()) && !FORBIDDEN.contains(type.getName()));
    }

    @ArchTest
    static final ArchRule DEPENDS_ON_NOTHING_ELSE = classes().should().onlyDependOnClassesThat(PURE);

    @ArchTest
    static final ArchRule READS_NO_CLOCK_AND_ROLLS_NO_DICE = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(StrictMath.class, "random")
            .orShould()
            .callMethod(System.class, "identityHashCode", Object.class)
            .orShould()
            .callMethod(java.util.Collections.class, "shuffle", java.util.List.class);

    @ArchTest
    static final ArchRule PRINTS_NOTHING =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
