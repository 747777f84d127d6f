package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.ShardLoad;
import io.yardmaster.topology.views.ShardQueries;
import io.yardmaster.topology.views.ShardSnapshotSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class LoadQueriesTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MANY = 10_000;

    private final SortedMap<Integer, ShardSnapshotSource> shards = new TreeMap<>();
    /** The number of answers after which a shard says nothing more. */
    private final Map<Integer, Integer> answers = new HashMap<>();
    /** The shards that were asked in each round. */
    private final List<TreeSet<Integer>> rounds = new ArrayList<>();

    /** A shard with jobs of one task each, with ids from 1,000 times its number on. */
    private void shard(int number, int jobs) {
        Scheduler scheduler = new Scheduler(
                new Policy(4, 1, 1, Duration.ofHours(6), Duration.ofHours(24), Fairness.JOB), new HeapStorage(), 0);
        for (int job = 0; job < jobs; job++) {
            scheduler.apply(
                    new Event.TasksReady(1, 1_000L * number + job, 0, new int[] {0}, 0, 1, null), decision -> {});
        }
        ShardQueries queries = new ShardQueries(IdlePacer.restless());
        shards.put(
                number,
                new ShardSnapshotSource(number, scheduler, queries.open(number).record(), 0, 0, 1));
    }

    private <T> SortedMap<Integer, T> ask(
            IntPredicate which, Function<ShardSnapshotSource, T> query, Duration timeout) {
        assertThat(timeout).isLessThan(LONG);
        SortedMap<Integer, T> round = new TreeMap<>();
        TreeSet<Integer> asked = new TreeSet<>();
        shards.forEach((number, source) -> {
            if (which.test(number)) {
                asked.add(number);
                if (answers.merge(number, -1, Integer::sum) >= 0) {
                    round.put(number, query.apply(source));
                }
            }
        });
        rounds.add(asked);
        return round;
    }

    private List<ShardLoad> read(long job, Duration timeout) {
        shards.keySet().forEach(shard -> answers.putIfAbsent(shard, MANY));
        LoadQueries.Asker asker = new LoadQueries.Asker() {
            @Override
            public <T> SortedMap<Integer, T> ask(
                    IntPredicate which, Function<ShardSnapshotSource, T> query, Duration left) {
                return LoadQueriesTest.this.ask(which, query, left);
            }
        };
        return new LoadQueries(asker, 100, timeout).read(job);
    }

    @Test
    void onlyShardsWithMoreJobsAreAskedAgain() {
        shard(0, 3 * LoadQueries.PAGE);
        shard(1, 1);
        List<ShardLoad> loads = read(7, LONG);
        assertThat(loads).extracting(load -> load.jobs().size()).containsExactly(3 * LoadQueries.PAGE, 1);
        assertThat(loads).allMatch(ShardLoad::complete);
        assertThat(rounds.subList(0, 2)).allMatch(asked -> asked.size() == 2);
        assertThat(rounds.subList(2, rounds.size()))
                .isNotEmpty()
                .allMatch(asked -> asked.equals(new TreeSet<>(List.of(0))));
    }

    @Test
    void aShardThatMissesARoundIsAskedNoMoreAndIsNotComplete() {
        shard(0, 3 * LoadQueries.PAGE);
        shard(1, 3 * LoadQueries.PAGE);
        answers.put(1, 2);
        List<ShardLoad> loads = read(7, LONG);
        assertThat(loads)
                .extracting(load -> load.jobs().size())
                .containsExactly(3 * LoadQueries.PAGE, LoadQueries.PAGE);
        assertThat(loads).extracting(ShardLoad::complete).containsExactly(true, false);
        assertThat(rounds.stream().filter(asked -> asked.contains(1))).hasSize(3);
    }

    @Test
    void aShardWithoutASinglePageIsSilent() {
        shard(0, 1);
        shard(1, 1);
        answers.put(1, 1);
        assertThat(read(7, LONG)).extracting(ShardLoad::partition).containsExactly(0);
    }

    @Test
    void theJobThatIsAskedForIsThereThoughItsShardTellsNothingElse() {
        shard(0, 50);
        answers.put(0, 1);
        ShardLoad load = read(49, LONG).get(0);
        assertThat(load.jobs()).extracting(job -> job.view().job()).containsExactly(49L);
        assertThat(load.complete()).isFalse();
        assertThat(load.knowsWhatIsBefore(49)).isFalse();
    }

    @Test
    void noShardIsAskedOnceTheTimeIsUsed() {
        shard(0, 50);
        assertThat(read(999, Duration.ZERO)).isEmpty();
        assertThat(rounds).hasSize(1);
    }
}
