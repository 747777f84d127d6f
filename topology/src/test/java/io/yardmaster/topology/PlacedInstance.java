package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.EventDetail;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.Window;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;

/** One process of a {@link PlacedSimulation}, with one stream thread and a planner, moved on step by step. */
final class PlacedInstance {
    /** Each pool has its topic, and the default pool has nothing in it. */
    private static final Window WINDOW = new Window() {
        @Override
        public ShardWindow open(int shard) {
            return new ShardWindow() {
                @Override
                public boolean isKnown() {
                    return true;
                }

                @Override
                public boolean isFresh() {
                    return true;
                }

                @Override
                public int countOutstanding() {
                    return 0;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Window pool(String pool) {
            return this;
        }
    };

    private static final Duration BETWEEN_FLOORS = Duration.ofMillis(300);

    private final SchedulerConfig config;
    private final PlacedBroker broker;
    private final PlacementPolicy placementPolicy;
    private final LongSupplier clock;
    private final BiConsumer<Integer, String> told;
    private final Serializer<Share> shareWriter;
    private final Budgets budgets;
    private final LivePolicies policies;
    private final Map<Integer, PlacedStreamTask> tasks = new TreeMap<>();
    private final SimulatedStore<String, Long> sessionsStore = new SimulatedStore<String, Long>(Map.of());
    private final SimulatedStore<Bytes, byte[]> sharesStore = SimulatedStore.ofBytes(Map.of());
    private final Deque<Runnable> plans = new ArrayDeque<>();
    private final List<Runnable> madePlans = new ArrayList<>();
    private final Observers observers = Observers.none();
    private final Deque<Runnable> endsAsked = new ArrayDeque<>();
    private PlacedTransaction transaction = new PlacedTransaction();
    private int sessionsReceived;
    private int sharesReceived;
    private int policyReceived;

    /**
     * Starts a process, which reads the whole policy first.
     *
     * @param clock of this machine, in epoch ms
     * @param told hears of each refused record, with the stream task that read it
     */
    PlacedInstance(
            SchedulerConfig config,
            PlacedBroker broker,
            PlacementPolicy placementPolicy,
            LongSupplier clock,
            BiConsumer<Integer, String> told) {
        this.config = config;
        this.broker = broker;
        this.placementPolicy = placementPolicy;
        this.clock = clock;
        this.told = told;
        var serde = ValueSerdes.of(Topic.SHARES, config.serde());
        this.shareWriter = serde.serializer();
        this.budgets = new Budgets(
                broker.shards,
                config.dispatchCapacity(),
                config.policy().fairness(),
                config.topics().of(Topic.SHARES),
                serde.deserializer());
        this.policies = LivePolicies.of(config, broker.shards);
        receiveAll();
    }

    long clock() {
        return clock.getAsLong();
    }

    void told(int task, String what) {
        told.accept(task, what);
    }

    SimulatedStore<String, Long> sessionsStore() {
        return sessionsStore;
    }

    SimulatedStore<Bytes, byte[]> sharesStore() {
        return sharesStore;
    }

    PlacedTransaction transaction() {
        return transaction;
    }

    Collection<PlacedStreamTask> tasks() {
        return tasks.values();
    }

    void open(int task, int generation) {
        tasks.put(task, new PlacedStreamTask(task, generation, this, broker));
    }

    SchedulerProcessor newShard() {
        return new SchedulerProcessor(
                config.policy(),
                config.tickInterval(),
                new JobPlacement(config.lanePartitioner(), broker.shards),
                EventDetail.JOBS,
                config.topics(),
                WINDOW,
                budgets,
                policies,
                false,
                true,
                observers);
    }

    PlacementProcessor newPlacement() {
        return new PlacementProcessor(
                config.topics(),
                new PlacementOptions(
                        placementPolicy,
                        broker.placements,
                        Duration.ofMillis(100),
                        plans::add,
                        clock,
                        pool -> PlacedBroker.HOST_PARTITIONS,
                        this::ends,
                        BETWEEN_FLOORS),
                policies,
                observers);
    }

    private CompletableFuture<Map<TopicPartition, HostFloors.End>> ends(Set<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, HostFloors.End>> answer = new CompletableFuture<>();
        endsAsked.add(() -> answer.complete(broker.ends(partitions)));
        return answer;
    }

    /** Answers for the broker the question about ends of topics that came first, if there is one. */
    void answerEnds() {
        if (!endsAsked.isEmpty()) {
            endsAsked.remove().run();
        }
    }

    /** Makes the plan that was asked for first; false if there is none. */
    boolean plan() {
        if (plans.isEmpty()) {
            return false;
        }
        Runnable next = plans.remove();
        next.run();
        madePlans.add(next);
        return true;
    }

    /** Makes a plan once more, which is of no use to anybody; false if none was made. */
    boolean planAgain() {
        if (madePlans.isEmpty()) {
            return false;
        }
        madePlans.remove(madePlans.size() - 1).run();
        return true;
    }

    /** The group takes a stream task away in good order, after a commit. */
    void revoke(int task) {
        tasks.remove(task).close();
    }

    /** Commits; or learns that its stream tasks are not its own any more, and loses them all. */
    boolean commit(long now) {
        tasks.values().forEach(PlacedStreamTask::flush);
        // The tick that has found them is in the transaction, too: they are lost with its stream task.
        observers.floors().take().forEach((partition, floor) -> transaction.floors.put(partition, floor.offset()));
        boolean done = broker.commit(transaction, now);
        if (done) {
            transaction = new PlacedTransaction();
        } else {
            loseAll();
        }
        return done;
    }

    /** The transaction is aborted, and with it the work since the latest commit. */
    void loseAll() {
        tasks.values().forEach(PlacedStreamTask::close);
        tasks.clear();
        transaction = new PlacedTransaction();
    }

    void receiveAll() {
        while (receive()) {}
    }

    /** Reads one more record each of the topics that every instance reads as a whole; false if there is none. */
    boolean receive() {
        boolean received = false;
        if (sessionsReceived < broker.sessions.size()) {
            NewestSession.note(sessionsStore, broker.sessions.get(sessionsReceived++));
            received = true;
        }
        if (policyReceived < broker.policy.size()) {
            Map.Entry<byte[], byte[]> entry = broker.policy.get(policyReceived++);
            policies.received(entry.getKey(), entry.getValue());
            received = true;
        }
        if (sharesReceived < broker.shares.size()) {
            Share share = broker.shares.get(sharesReceived++);
            String topic = config.topics().of(Topic.SHARES);
            try (IntegerSerializer keys = new IntegerSerializer()) {
                Bytes key = Bytes.wrap(keys.serialize(topic, share.getPartition()));
                byte[] record = shareWriter.serialize(topic, share);
                sharesStore.put(key, record);
                budgets.received(key, record);
            }
            received = true;
        }
        return received;
    }
}
