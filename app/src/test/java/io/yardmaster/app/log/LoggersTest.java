package io.yardmaster.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A class whose log is turned down may move to another package in a new version of Kafka, and then it logs again. */
class LoggersTest {
    private static final Pattern LOGGER = Pattern.compile("<logger name=\"([a-z.]+\\.[A-Z]\\w*)\"");

    @Test
    void everyClassThatTheConfigurationNamesExists() throws Exception {
        String configuration;
        try (InputStream file = LoggersTest.class.getResourceAsStream("/logback.xml")) {
            configuration = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> named = new ArrayList<>();
        for (Matcher logger = LOGGER.matcher(configuration); logger.find(); ) {
            named.add(logger.group(1));
        }
        assertThat(named).hasSizeGreaterThan(5).allMatch(LoggersTest::exists);
    }

    private static boolean exists(String name) {
        return LoggersTest.class.getClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }
}
