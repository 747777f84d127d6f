package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Streams commits a transaction when there is something in it. */
class IdleTransactionsTest {
    private static final String CHANGELOG = "test-" + Names.STATE_STORE + "-changelog";

    private static long written(SchedulerDriver driver, int seconds) {
        for (int second = 0; second < seconds; second++) {
            driver.passTick();
        }
        return driver.output(CHANGELOG).readRecordsToList().size();
    }

    @Test
    void anIdleShardCausesOneTransactionAMinute() {
        try (SchedulerDriver driver = new SchedulerDriver("tick.interval", "1s")) {
            assertThat(written(driver, 600)).isLessThanOrEqualTo(11);
        }
    }

    @Test
    void S9_gatesAndMemoriesThatWaitCauseOneTransactionAMinute() {
        try (SchedulerDriver driver = new SchedulerDriver("tick.interval", "1s")) {
            driver.ready(1, 0, 0, 0, 1, 2);
            driver.commit(2, 0);
            written(driver, 10);
            assertThat(driver.dispatched().readValuesToList()).hasSize(4);
            assertThat(written(driver, 600)).isBetween(9L, 11L);
        }
    }

    @Test
    void S9_memoriesAndGatesEndInTimeAllTheSame() {
        try (SchedulerDriver driver =
                new SchedulerDriver("tick.interval", "1s", "finalizing.expiry", "1m", "dedup.expiry", "2m")) {
            driver.commit(2, 0);
            written(driver, 10);
            assertThat(driver.dispatched().readValuesToList()).hasSize(1);
            driver.ready(2, 0, 0, 0);
            written(driver, 45);
            assertThat(driver.dispatched().readValuesToList())
                    .as("the gate holds")
                    .isEmpty();
            written(driver, 10);
            driver.ready(2, 0, 0, 0);
            written(driver, 2);
            assertThat(driver.dispatched().readValuesToList()).hasSize(1);
        }
    }
}
