package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.Offer;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PlacementOutput;
import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.Requirement;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class HostFloorsTest {
    private static final String POOL = "gpu";
    private static final TopicNames TOPICS = TopicNames.from(Map.of());
    private static final Amounts ONE_CPU = Amounts.of(Map.of("cpu", 1L));

    private final PoolPlacement placement = placement();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Deque<Set<TopicPartition>> asked = new ArrayDeque<>();
    private Uuid topic = Uuid.randomUuid();
    private int partitions = 2;
    private boolean brokerIsAway;
    /** A partition of which the broker does not know the end. */
    private int missing = -1;

    private final HostFloors floors = new HostFloors(TOPICS, pool -> partitions, this::ask, Duration.ofSeconds(1));
    private long now;

    /** A placement that knows nothing yet, and tells nobody. */
    static PoolPlacement placement() {
        return new PoolPlacement(
                new KafkaStorage(SimulatedStore.ofBytes(Map.of())),
                PlacementPolicy.DEFAULT,
                pool -> 0,
                Runnable::run,
                () -> 0,
                new Silent(),
                0);
    }

    private CompletableFuture<Map<TopicPartition, HostFloors.End>> ask(Set<TopicPartition> of) {
        asked.add(of);
        if (brokerIsAway) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        Map<TopicPartition, HostFloors.End> answer = new HashMap<>();
        of.forEach(partition -> answer.put(partition, new HostFloors.End(topic, ends.getOrDefault(partition, 0L))));
        answer.remove(partition(missing));
        return CompletableFuture.completedFuture(answer);
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPICS.dispatch(POOL), number);
    }

    /** A host that reads the partition of this number. */
    private void host(int partition) {
        placement.heartbeat(
                new Host(POOL, "h" + partition, 1, Amounts.of(Map.of("cpu", 9L)), Map.of(), partition, now), now);
    }

    private void place(int task) {
        Offer offer = new Offer(0, 1, 7, 1, 0, task, 1, 0, new Requirement(ONE_CPU, Map.of()), 0, 1, -1, false);
        placement.offer(POOL, new OfferedUnit(offer, List.of((long) task), new byte[0]));
        placement.tick(now);
        floors.wrote(POOL, 0);
        floors.take();
    }

    private void end(int task) {
        placement.ended(POOL, new TaskRef(1, 1, task, 0), task, false, now);
    }

    /** Time for a question, and for its answer. */
    private void look() {
        now += 1_000;
        floors.look(placement.view(), now);
        now += 1_000;
        floors.look(placement.view(), now);
    }

    @Test
    void aFloorIsTheEndBeforeWhichAllHasEnded() {
        host(0);
        place(0);
        ends.put(partition(0), 5L);
        look();
        place(1);
        ends.put(partition(0), 8L);
        end(1);
        look();
        assertThat(floors.take()).as("task 0 runs").isEmpty();
        place(2);
        end(0);
        look();
        assertThat(floors.take()).as("as of the first question").isEqualTo(Map.of(partition(0), 5L));
        end(2);
        look();
        look();
        assertThat(floors.take()).as("all has ended").isEqualTo(Map.of(partition(0), 8L));
    }

    @Test
    void aTaskThatWasPlacedWhileTheEndWasAskedForHoldsItUp() {
        host(0);
        ends.put(partition(0), 5L);
        floors.look(placement.view(), now);
        // Its assignment may lie before the end.
        place(0);
        look();
        look();
        assertThat(floors.take()).doesNotContainKey(partition(0));
    }

    @Test
    void aTaskThatIsPlacedAnewElsewhereHoldsNothingUp() {
        host(0);
        place(0);
        ends.put(partition(0), 5L);
        look();
        placement.heartbeat(new Host(POOL, "h0", 2, Amounts.of(Map.of("cpu", 9L)), Map.of(), 1, now), now);
        place(0);
        look();
        assertThat(floors.take()).isEqualTo(Map.of(partition(0), 5L));
    }

    @Test
    void theEndOfATopicIsNoFloorOfTheNextOneOfThatName() {
        host(0);
        place(0);
        ends.put(partition(0), 500L);
        look();
        topic = Uuid.randomUuid();
        ends.put(partition(0), 3L);
        place(1);
        end(0);
        look();
        assertThat(floors.take()).isEmpty();
        end(1);
        look();
        look();
        assertThat(floors.take()).isEqualTo(Map.of(partition(0), 3L));
    }

    @Test
    void whatIsWrittenIsAskedAboutWhenItsTransactionIsOver() {
        host(0);
        look();
        asked.clear();
        floors.wrote(POOL, 1);
        look();
        assertThat(asked).isEmpty();
        floors.take();
        look();
        assertThat(asked).containsExactly(Set.of(partition(1)));
    }

    @Test
    void anIdlePoolIsAskedAboutOnceInALongTime() {
        host(0);
        for (int times = 0; times < 9; times++) {
            look();
            floors.take();
        }
        assertThat(asked).containsExactly(Set.of(partition(0), partition(1)));
        now += HostFloors.RENEWAL.toMillis();
        look();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aPartitionThatIsAddedIsAskedAboutWhenSomethingIsWritten() {
        host(0);
        look();
        asked.clear();
        partitions = 3;
        floors.wrote(POOL, 2);
        floors.take();
        look();
        assertThat(asked).containsExactly(Set.of(partition(2)));
    }

    @Test
    void aBrokerThatIsAwayIsAskedAgain() {
        brokerIsAway = true;
        ends.put(partition(0), 5L);
        host(0);
        look();
        brokerIsAway = false;
        look();
        assertThat(floors.take()).isEqualTo(Map.of(partition(0), 5L));
    }

    @Test
    void aPartitionWhoseEndIsNotKnownHoldsUpNoOther() {
        missing = 0;
        ends.put(partition(0), 5L);
        ends.put(partition(1), 6L);
        host(0);
        look();
        assertThat(floors.take()).isEqualTo(Map.of(partition(1), 6L));
        missing = -1;
        look();
        assertThat(floors.take()).isEqualTo(Map.of(partition(0), 5L));
    }

    @Test
    void manyPartitionsAreAskedAboutInTurn() {
        partitions = 2 * HostFloors.MOST_ASKED;
        host(0);
        look();
        assertThat(asked).hasSize(2).allMatch(some -> some.size() == HostFloors.MOST_ASKED);
        assertThat(asked.getFirst()).doesNotContainAnyElementsOf(asked.getLast());
    }

    @Test
    void withoutEndsNothingIsFound() {
        HostFloors never = new HostFloors(TOPICS, pool -> partitions, HostFloors.Ends.NONE, Duration.ZERO);
        host(0);
        never.wrote(POOL, 0);
        never.look(placement.view(), now);
        assertThat(never.take()).isEmpty();
    }

    /** Tells nobody. */
    private static final class Silent implements PlacementOutput {
        @Override
        public void assigned(OfferedUnit unit, TaskRef task, Host host) {}

        @Override
        public void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {}

        @Override
        public void lost(String pool, PlacedTask task, String reason) {}

        @Override
        public void preempted(String pool, PlacedTask task, String reason) {}

        @Override
        public void released(String pool, String host) {}

        @Override
        public void planned(PlanReport report) {}

        @Override
        public void failed(String pool, Throwable error) {}
    }
}
