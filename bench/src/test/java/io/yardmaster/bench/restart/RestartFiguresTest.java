package io.yardmaster.bench.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Sample;
import org.junit.jupiter.api.Test;

class RestartFiguresTest {
    private final RestartFigures figures = new RestartFigures();

    @Test
    void ratiosAreOfTheSameRound() {
        figures.shipped(new KilledRestart(100, 10, 8, 10));
        figures.changed(new KilledRestart(50, 20, 4, 5));
        figures.shipped(new KilledRestart(10, 10, 80, 100));
        figures.changed(new KilledRestart(10, 10, 20, 25));
        assertThat(figures.figures())
                .filteredOn(figure -> figure.unit() == Figure.Unit.TIMES)
                .extracting(Figure::sample)
                .containsExactly(Sample.of(0.5, 0.25), Sample.of(0.5, 0.25), Sample.of(2, 1), Sample.of(0.5, 1));
    }

    @Test
    void oneSideAloneHasNoRatios() {
        figures.shipped(new KilledRestart(100, 10, 8, 10));
        assertThat(figures.figures())
                .hasSize(4)
                .noneMatch(figure -> figure.unit() == Figure.Unit.TIMES)
                .extracting(Figure::key)
                .doesNotHaveDuplicates();
    }
}
