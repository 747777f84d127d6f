package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FairnessMeterTest {
    private final FairnessMeter meter = new FairnessMeter();

    @Test
    void equalTurnsGiveOne() {
        meter.ready(1, 100);
        meter.ready(2, 100);
        meter.ready(3, 100);
        for (int turn = 0; turn < 80; turn++) {
            meter.assigned(1);
            meter.assigned(2);
            meter.assigned(3);
        }

        assertThat(meter.index().orElseThrow()).isCloseTo(1, within(0.01));
    }

    @Test
    void aPartyThatGetsEverythingGivesOneNth() {
        meter.ready(1, 100);
        meter.ready(2, 100);
        meter.ready(3, 100);
        meter.ready(4, 100);
        meter.ready(5, 100);
        for (int i = 0; i < 50; i++) {
            meter.assigned(1);
        }

        assertThat(meter.index()).hasValue(0.2);
    }

    @Test
    void twiceAsMuchForOneOfTwoGivesNineTenths() {
        meter.ready(1, 1000);
        meter.ready(2, 1000);
        for (int i = 0; i < 160; i++) {
            meter.assigned(1);
            meter.assigned(1);
            meter.assigned(2);
        }

        assertThat(meter.index().orElseThrow()).isCloseTo(0.9, within(0.01));
    }

    @Test
    void aPartyThatDoesNotAlwaysWaitDoesNotCount() {
        meter.ready(1, 1000);
        meter.ready(2, 1000);
        for (int i = 0; i < 100; i++) {
            meter.ready(3, 1);
            meter.assigned(1);
            meter.assigned(2);
            if (i % 7 == 0) {
                meter.assigned(3);
            } else {
                meter.withdrawn(3, 1);
            }
        }

        assertThat(meter.index().orElseThrow()).isCloseTo(1, within(0.01));
    }

    @Test
    void aPartyWithoutCompetitorsIsNotMeasured() {
        assertThat(meter.index()).isEmpty();
        meter.ready(1, 100);
        for (int i = 0; i < 50; i++) {
            meter.assigned(1);
        }
        meter.ready(2, 3);
        meter.assigned(1);
        meter.withdrawn(2, 3);
        for (int i = 0; i < 40; i++) {
            meter.assigned(1);
        }

        assertThat(meter.index()).isEmpty();
    }
}
