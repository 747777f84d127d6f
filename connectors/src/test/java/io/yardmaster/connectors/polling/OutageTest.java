package io.yardmaster.connectors.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "08P01", "53300", "57P01", "57P03", "57014", "40001", "58030"})
    void aDatabaseThatIsAwayIsAskedForEver(String state) {
        Outage outage = new Outage();
        for (int i = 0; i < 10_000; i++) {
            assertThat(outage.add(new SQLException("away", state))).isTrue();
            assertThat(outage.pauseMillis()).isBetween(250L, 30_000L);
        }
        assertThat(outage.end()).isTrue();
        assertThat(outage.end()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"26000", "42P05", "0A000", "25P02", "25006", "55P03"})
    void anErrorThatANewSessionCuresIsTriedALimitedNumberOfTimes(String state) {
        Outage outage = new Outage();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < Outage.MOST_OF_A_SESSION; i++) {
                assertThat(outage.add(new SQLException("no such statement", state)))
                        .isTrue();
            }
            assertThat(outage.add(new SQLException("no such statement", state))).isFalse();
            outage.end();
        }
    }

    @Test
    void aWrongStatementIsNotTriedAgain() {
        assertThat(new Outage().add(new SQLException("no such table", "42P01"))).isFalse();
        assertThat(new Outage().add(new SQLException("no state"))).isFalse();
        assertThat(new Outage().add(new SQLException("MariaDB is read-only", "HY000", 1290)))
                .isTrue();
    }
}
