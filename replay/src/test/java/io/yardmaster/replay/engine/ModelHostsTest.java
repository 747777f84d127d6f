package io.yardmaster.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.HostTable;
import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.Spread;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.Deadlines;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.ModelHost;
import io.yardmaster.replay.PoolRules;
import io.yardmaster.replay.SketchedDay;
import io.yardmaster.replay.report.RunFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelHostsTest {
    private static final String POOL = "p";

    private static HostChange change(long at, String host, Map<String, Long> amounts) {
        return new HostChange(at, POOL, new ModelHost(host, new TreeMap<>(amounts), Map.of()), amounts.isEmpty());
    }

    /** A fleet that grows and shrinks for weeks has more hosts in all than a pool may have at once. */
    @Test
    void hostsThatAreGoneTakeNoRoomInTheModel() {
        List<HostChange> changes = new ArrayList<>();
        Map<String, Long> gpu = Map.of("gpu", 1L);
        for (int host = 0; host < HostTable.MOST_HOSTS; host++) {
            changes.add(change(host, "h" + host, gpu));
            changes.add(change(host + 1, "h" + host, Map.of()));
        }
        long late = HostTable.MOST_HOSTS;
        changes.add(change(late, "last", gpu));
        List<DispatchedTask> begun = new ArrayList<>();
        ModelHosts hosts =
                new ModelHosts(List.of(), changes, PoolRules.NONE, new RunFigures(Deadlines.NONE), begun::add);
        GraphStage stage = SketchedDay.stage("only", 1).withNeeds(Map.of(), POOL, new HostDemand(gpu, Map.of(), false));
        DispatchedTask task = new DispatchedTask(1, 1, 1, TaskKind.TASK, 0, 0, 0, 0, stage, null);
        hosts.follow(late);
        hosts.offer(task, 0);
        hosts.place(late);
        assertThat(begun).containsExactly(task);
    }

    /** Two small tasks and a large one, on two hosts that the large one needs as a whole: those of the small ones are together or not. */
    private static int beginsWith(List<HostChange> changes, Map<String, PlacementStrategy> strategies) {
        List<DispatchedTask> begun = new ArrayList<>();
        List<ModelHost> fleet = changes.isEmpty()
                ? List.of(
                        new ModelHost("a", new TreeMap<>(Map.of("cpu", 2L)), Map.of()),
                        new ModelHost("b", new TreeMap<>(Map.of("cpu", 2L)), Map.of()))
                : List.of();
        ModelHosts hosts =
                new ModelHosts(fleet, changes, PoolRules.of(strategies), new RunFigures(Deadlines.NONE), begun::add);
        hosts.follow(1);
        for (int task = 0; task < 3; task++) {
            HostDemand demand = new HostDemand(Map.of("cpu", task == 2 ? 2L : 1L), Map.of(), false);
            GraphStage stage = SketchedDay.stage("s" + task, 1).withNeeds(Map.of(), POOL, demand);
            hosts.offer(new DispatchedTask(task, 1, 1, TaskKind.TASK, 0, task, 0, 0, stage, null), 0);
            hosts.place(1);
        }
        return begun.size();
    }

    @Test
    void hostsGoByTheStrategyOfTheirPool() {
        List<HostChange> changes = List.of(change(0, "a", Map.of("cpu", 2L)), change(0, "b", Map.of("cpu", 2L)));
        assertThat(beginsWith(changes, Map.of())).isEqualTo(3);
        assertThat(beginsWith(changes, Map.of("other", new Spread()))).isEqualTo(3);
        assertThat(beginsWith(changes, Map.of(POOL, new Spread()))).isEqualTo(2);
    }

    @Test
    void hostsOfNoPoolGoByTheStrategyOfAllPoolsThatHaveChosenOne() {
        assertThat(beginsWith(List.of(), Map.of())).isEqualTo(3);
        assertThat(beginsWith(List.of(), Map.of("x", new Spread(), "y", new Spread())))
                .isEqualTo(2);
        assertThat(beginsWith(List.of(), Map.of("x", new Spread(), "y", BestFit.DEFAULT)))
                .isEqualTo(3);
    }
}
