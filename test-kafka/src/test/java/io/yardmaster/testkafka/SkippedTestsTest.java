package io.yardmaster.testkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {
    static final class GivenUp {
        @BeforeAll
        static void prepare() {
            assumeTrue(false, "no browser");
        }

        @Test
        void one() {}
    }

    @Disabled("not today")
    static final class Off {
        @Test
        void one() {}
    }

    static final class EachByItself {
        @Test
        void one() {
            assumeTrue(false, "no tool");
        }

        @Test
        void two() {
            assumeTrue(false, "no tool");
        }

        @Test
        void three() {}
    }

    @Test
    void eachReasonOfSkippedTestsIsPrintedOncePerClass() {
        String name = SkippedTestsTest.class.getName();
        assertThat(printed(GivenUp.class)).isEqualTo("skipped: " + name + "$GivenUp: Assumption failed: no browser\n");
        assertThat(printed(Off.class)).isEqualTo("skipped: " + name + "$Off: not today\n");
        assertThat(printed(EachByItself.class))
                .isEqualTo("skipped: " + name + "$EachByItself: Assumption failed: no tool\n");
    }

    @Test
    void junitFindsIt() {
        assertThat(ServiceLoader.load(TestExecutionListener.class)).hasAtLeastOneElementOfType(SkippedTests.class);
    }

    private static String printed(Class<?> tests) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .addTestExecutionListeners(new SkippedTests(new PrintStream(out, true, StandardCharsets.UTF_8)))
                        .build())
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(tests))
                        .build());
        return out.toString(StandardCharsets.UTF_8);
    }
}
