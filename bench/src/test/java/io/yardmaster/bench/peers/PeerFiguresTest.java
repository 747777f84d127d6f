package io.yardmaster.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.bench.report.Figure;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PeerFiguresTest {
    private final PeerFigures figures = new PeerFigures();

    private void round(Contender contender, double perSecond, Double... hops) {
        figures.add(contender, WorkShape.FLAT, new ShapeResult(100, 100 / perSecond, List.of()));
        figures.add(contender, WorkShape.LAYERS, new ShapeResult(100, 100 / perSecond, List.of()));
        figures.add(contender, WorkShape.CHAIN, new ShapeResult(100, 1, List.of(hops)));
    }

    private Map<String, Figure> byKey() {
        return figures.figures().figures().stream().collect(Collectors.toMap(Figure::key, Function.identity()));
    }

    @Test
    void ratiosAreToTheBetterOfDasksClustersForEachMeasure() {
        round(Contender.YARDMASTER, 60_000, 4.0);
        round(Contender.DASK_THREADS, 1_000, 3.0);
        round(Contender.DASK_PROCESSES, 2_000, 8.0);

        Map<String, Figure> found = byKey();
        assertThat(found.get("B21.flat").sample().median()).isCloseTo(30, within(1e-9));
        assertThat(found.get("B21.flat").what()).isEqualTo("flat, to Dask, processes");
        assertThat(found.get("B21.flat").meetsTarget()).isFalse();
        assertThat(found.get("B21.hop").sample().median()).isCloseTo(4.0 / 3, within(1e-9));
        assertThat(found.get("B21.hop").what()).isEqualTo("chain, hop p50, to Dask, threads");
        assertThat(found.get("B21.hop").meetsTarget()).isTrue();
        assertThat(found).doesNotContainKey("B21.exec.hop");
    }

    @Test
    void hopOfProcessesMustBeBelowHyperQueues() {
        round(Contender.YARDMASTER_EXEC, 100, 12.0);
        round(Contender.HYPERQUEUE, 1_000, 10.0);

        Map<String, Figure> found = byKey();
        assertThat(found.get("B21.exec.hop").sample().median()).isCloseTo(1.2, within(1e-9));
        assertThat(found.get("B21.exec.hop").meetsTarget()).isFalse();
        assertThat(found.get("B21.exec.flat").target()).isNull();
        assertThat(found).doesNotContainKey("B21.flat");
    }

    @Test
    void tableHasAColumnForEachSchedulerThatWasMeasured() {
        round(Contender.YARDMASTER, 100_000, 4.0);
        round(Contender.DASK_THREADS, 2_000, 1.0, 3.0);

        assertThat(figures.sideBySide(false))
                .isEqualTo(
                        """
                        handlers in the worker's process  Yardmaster  Dask, threads
                        flat, tasks/s                        100,000          2,000
                        ten layers, tasks/s                  100,000          2,000
                        chain, hop p50, ms                      4.00           2.00
                        chain, hop p99, ms                      4.00           2.98
                        """);
        assertThat(figures.sideBySide(true)).isEmpty();
    }

    @Test
    void everyNumberIsKeptForPrograms() {
        round(Contender.YARDMASTER_EXEC, 100, 12.0);
        round(Contender.HYPERQUEUE, 1_000, 10.0);

        assertThat(figures.figures().absolutes())
                .containsOnlyKeys(
                        "B21.exec.flat, Yardmaster, flat, tasks/s",
                        "B21.exec.flat, HyperQueue, flat, tasks/s",
                        "B21.exec.layers, Yardmaster, ten layers, tasks/s",
                        "B21.exec.layers, HyperQueue, ten layers, tasks/s",
                        "B21.exec.hop, Yardmaster, chain, start to start, mean, ms",
                        "B21.exec.hop, HyperQueue, chain, start to start, mean, ms");
    }
}
