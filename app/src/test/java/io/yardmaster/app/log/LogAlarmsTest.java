package io.yardmaster.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LogAlarmsTest {
    @Test
    void warningsOfOursAndStackTracesAreAlarmsAndWarningsOfKafkaAreNot() throws IOException {
        String log =
                """
                12:00:00.000 INFO  SchedulerService: gained 0-3, lost none
                12:00:01.000 WARN  Upkeep: the upkeep of the topics failed
                12:00:02.000 ERROR SchedulerService: lost
                12:00:03.000 ERROR EventPerformanceMonitor: Exceptionally slow controller event
                Exception in thread "main" java.lang.Error
                \tat a.b.C.d(C.java:1)
                """;
        assertThat(LogAlarms.in(log))
                .containsExactly(
                        "12:00:01.000 WARN  Upkeep: the upkeep of the topics failed",
                        "12:00:02.000 ERROR SchedulerService: lost",
                        "\tat a.b.C.d(C.java:1)");
    }
}
