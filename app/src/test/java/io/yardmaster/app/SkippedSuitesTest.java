package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** If the preparation of a class is given up, Maven reports zero tests and success: no skipped test and no reason. */
class SkippedSuitesTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .importUrl(SkippedSuitesTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void noSuiteIsGivenUpBeforeItsTests() {
        List<String> preparations = TESTS.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(BeforeAll.class)
                        || method.getName().equals("beforeAll"))
                .filter(SkippedSuitesTest::assumes)
                .map(JavaMethod::getFullName)
                .toList();

        assertThat(preparations).isEmpty();
        assertThat(TESTS.stream().flatMap(type -> type.getMethods().stream()))
                .as("assumptions in tests are found, so those before all would be")
                .anyMatch(SkippedSuitesTest::assumes);
    }

    private static boolean assumes(JavaMethod method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Assumptions.class));
    }
}
