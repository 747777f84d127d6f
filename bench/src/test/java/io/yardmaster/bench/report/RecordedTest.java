package io.yardmaster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.report.Figure.Unit;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RecordedTest {
    private static final Target MORE_IS_BETTER = Target.atLeast(0.75);
    private static final Target LESS_IS_BETTER = Target.atMost(20);

    private final Properties medians = new Properties();

    private List<String> losses(double now, Target target) {
        Figure figure = new Figure("B1", "something", Sample.of(now), Unit.TIMES, target, "");
        return Recorded.of(medians).losses(List.of(figure));
    }

    @Test
    void halfOfTheRecordedFigureIsAccepted() {
        medians.setProperty("B1", "0.6");
        assertThat(losses(0.3, MORE_IS_BETTER)).isEmpty();
    }

    @Test
    void lessThanHalfIsALoss() {
        medians.setProperty("B1", "0.6");
        assertThat(losses(0.29, MORE_IS_BETTER)).containsExactly("B1, something: 0.290, recorded was 0.600");
    }

    @Test
    void ifLessIsBetterMoreThanTwiceIsALoss() {
        medians.setProperty("B1", "15");
        assertThat(losses(30, LESS_IS_BETTER)).isEmpty();
        assertThat(losses(31, LESS_IS_BETTER)).hasSize(1);
    }

    @Test
    void guardingNothingIsAnError() {
        medians.setProperty("B2", "1");
        assertThatThrownBy(() -> losses(1, MORE_IS_BETTER)).isInstanceOf(BenchException.class);
    }
}
