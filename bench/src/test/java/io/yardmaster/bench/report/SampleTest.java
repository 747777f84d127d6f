package io.yardmaster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void medianIsTheOneInTheMiddleOfAnOddNumber() {
        assertThat(Sample.of(100, 1, 3).median()).isEqualTo(3);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Sample.of(1, 100, 3, 4).median()).isEqualTo(3.5);
    }

    @Test
    void quantilesLieBetweenLeastAndMost() {
        Sample sample = Sample.of(20, 10, 30);
        assertThat(sample.least()).isEqualTo(10);
        assertThat(sample.quantile(0.75)).isEqualTo(25);
        assertThat(sample.most()).isEqualTo(30);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        Sample fastAndSlow = Sample.of(10, 1);
        assertThat(fastAndSlow.over(Sample.of(20, 2)).values()).containsExactly(0.5, 0.5);
    }
}
