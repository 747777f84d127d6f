package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsPlaceTest {
    @Test
    void theNumberIsReadAsItWasWritten() {
        assertThat(ResultsPlace.lost(ResultsPlace.metadata(0))).isZero();
        assertThat(ResultsPlace.lost(ResultsPlace.metadata(123_456_789_012L))).isEqualTo(123_456_789_012L);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "lost=", "lost=-1", "lost=x", "lost=99999999999999999999", "another tool's"})
    void whatAnotherToolLeftThereMeansNothing(String metadata) {
        assertThat(ResultsPlace.lost(metadata)).isZero();
    }
}
