package io.yardmaster.topology;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.EventDetail;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.AssignmentPlacer;
import io.yardmaster.topology.window.ConsumerGroupSource;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.LostOffsets;
import io.yardmaster.topology.window.OutstandingSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/** One process with one stream thread: real stream tasks, window and source of offsets, moved on step by step. */
final class SimulatedInstance {
    /** Phase of the stream thread. */
    enum Stage {
        RUNNING,
        FLUSHED,
        PREPARED,
        DECIDED
    }

    private record Sending(TaskAssignment assignment, AssignmentPlacer.Placed placed, int offset) {
        int partition() {
            return placed.record().partition();
        }
    }

    private final SchedulerConfig config;
    private final SimulatedBroker broker;
    private final boolean isFleetMixed;
    private final DispatchWindow window;
    private final OutstandingSource source;
    private final Serializer<Share> shareWriter;
    private final SimulatedBudgets budgets;
    private final LivePolicies policies;
    private final Map<Integer, SimulatedTask> tasks = new TreeMap<>();
    private final SimulatedStore<String, Long> sessionsStore = new SimulatedStore<String, Long>(Map.of());
    private final SimulatedStore<Bytes, byte[]> sharesStore = SimulatedStore.ofBytes(Map.of());
    private final Deque<Sending> unsent = new ArrayDeque<>();
    private final Deque<Sending> unacknowledged = new ArrayDeque<>();

    private final AssignmentPlacer placer = new AssignmentPlacer(SimulatedDispatchLog.TOPIC);
    private SimulatedTransaction transaction;
    private SimulatedTransaction previous;
    private Stage stage = Stage.RUNNING;
    private int sessionsReceived;
    private int sharesReceived;
    private int policiesReceived;

    /** @param isFleetMixed whether graphs go on by what the fleet commits without outcomes, too, and events tell of it */
    SimulatedInstance(SchedulerConfig config, SimulatedBroker broker, boolean isFleetMixed, LongSupplier nanoTime) {
        this.isFleetMixed = isFleetMixed;
        this.config = config;
        this.broker = broker;
        this.window = new DispatchWindow(broker.partitions().size(), nanoTime);
        this.source = new ConsumerGroupSource(
                new SimulatedDispatchLog(broker, config.dispatchCapacity().most()),
                SimulatedDispatchLog.TOPIC,
                window,
                new LostOffsets(null, "fleet", window, nanoTime));
        var serde = ValueSerdes.of(Topic.SHARES, config.serde());
        this.shareWriter = serde.serializer();
        this.budgets = new SimulatedBudgets(config, broker.shards(), serde.deserializer());
        this.policies = LivePolicies.of(config, broker.shards());
        // Before its first decision an instance has read all that is there.
        while (receivePolicy()) {}
    }

    /** The policy that is in force, of which each shard follows its part. */
    LivePolicy live() {
        return policies.current().live();
    }

    /** Returns the budget of a shard's latest tick. */
    Budget budget(int shard) {
        return budgets.latest(shard);
    }

    SimulatedStore<String, Long> sessionsStore() {
        return sessionsStore;
    }

    SimulatedStore<Bytes, byte[]> sharesStore() {
        return sharesStore;
    }

    Collection<SimulatedTask> tasks() {
        return tasks.values();
    }

    Stage stage() {
        return stage;
    }

    SimulatedTransaction transaction() {
        if (transaction == null) {
            transaction = broker.begin();
        }
        return transaction;
    }

    boolean isIdle() {
        return transaction == null;
    }

    void open(int shard, int generation) {
        SchedulerProcessor processor = new SchedulerProcessor(
                config.policy(),
                config.tickInterval(),
                new JobPlacement(config.lanePartitioner(), broker.shards()),
                isFleetMixed ? EventDetail.TASKS : EventDetail.NONE,
                config.topics(),
                isFleetMixed ? new SimulatedWindow(window, broker, () -> sessionsReceived) : window,
                budgets,
                policies,
                config.recordTicks(),
                false,
                Observers.none());
        tasks.put(shard, new SimulatedTask(shard, generation, processor, this, broker));
    }

    /** The group takes a shard away in good order, after a commit. */
    void revoke(int shard) {
        tasks.remove(shard).close();
    }

    void send(String sink, Record<?, ?> record) {
        if (record.value() instanceof TaskAssignment assignment) {
            long epoch = Epoch.read(record.headers()).orElseThrow();
            if (epoch != assignment.getSessionId() || !sink.equals(Names.DISPATCH_SINK)) {
                throw new AssertionError("epoch " + epoch + " of " + assignment);
            }
            AssignmentPlacer.Placed placed = placer.place(
                            new ProducerRecord<>(SimulatedDispatchLog.TOPIC, null, null, null, null, record.headers()))
                    .orElseThrow();
            unsent.add(new Sending(assignment, placed, -1));
        } else if (record.value() instanceof Session session) {
            transaction().sessions.add(session);
        } else if (record.value() instanceof Share share) {
            transaction().shares.add(share);
        }
    }

    /** Assignments that the broker does not have yet. */
    int unsent() {
        return transaction == null || broker.isFenced(transaction) ? 0 : unsent.size();
    }

    /** One record reaches the broker, unless its transaction is gone or the last one is not finished. */
    boolean deliver() {
        if (unsent.isEmpty() || (previous != null && !previous.isOver())) {
            return false;
        }
        Sending next = unsent.remove();
        if (transaction.isDecided()) {
            acknowledge(next, new IllegalStateException("the transaction was aborted"));
        } else {
            int offset = broker.partitions().get(next.partition()).append(next.assignment(), transaction);
            unacknowledged.add(new Sending(next.assignment(), next.placed(), offset));
        }
        return true;
    }

    boolean acknowledge() {
        if (unacknowledged.isEmpty()) {
            return false;
        }
        acknowledge(unacknowledged.remove(), null);
        return true;
    }

    private void acknowledge(Sending sending, Exception failure) {
        TopicPartition partition = new TopicPartition(SimulatedDispatchLog.TOPIC, sending.partition());
        sending.placed()
                .counting((metadata, reason) -> {})
                .onCompletion(new RecordMetadata(partition, sending.offset(), 0, 0, 0, 0), failure);
    }

    /** Makes the next step of a commit: flush, offsets, decision, end. */
    boolean commit() {
        switch (stage) {
            case RUNNING -> {
                tasks.values().forEach(SimulatedTask::flush);
                if (transaction == null) {
                    return false;
                }
                stage = Stage.FLUSHED;
            }
            case FLUSHED -> {
                if (!unsent.isEmpty() || !unacknowledged.isEmpty()) {
                    return deliver() || acknowledge();
                }
                if (!broker.prepare(transaction)) {
                    loseAll();
                    return true;
                }
                stage = Stage.PREPARED;
            }
            case PREPARED -> {
                if (transaction.isDecided()) {
                    loseAll();
                    return true;
                }
                broker.commit(transaction);
                stage = Stage.DECIDED;
            }
            case DECIDED -> {
                previous = transaction;
                transaction = null;
                stage = Stage.RUNNING;
            }
        }
        return true;
    }

    /** The thread learns that its stream tasks are no longer its own, or that its transaction was aborted. */
    void loseAll() {
        if (transaction != null) {
            broker.abort(transaction);
        }
        unacknowledged.forEach(sending -> acknowledge(sending, new IllegalStateException("aborted")));
        unsent.forEach(sending -> acknowledge(sending, new IllegalStateException("aborted")));
        unacknowledged.clear();
        unsent.clear();
        tasks.values().forEach(SimulatedTask::close);
        tasks.clear();
        transaction = null;
        stage = Stage.RUNNING;
        previous = null;
    }

    void refresh() {
        try {
            source.refresh();
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    void receiveAll() {
        while (receive()) {}
    }

    private boolean receivePolicy() {
        if (policiesReceived == broker.policies.size()) {
            return false;
        }
        SimulatedPolicy.Entry entry = broker.policies.get(policiesReceived++);
        policies.received(entry.key(), entry.value());
        return true;
    }

    /** Reads one more record of the policy, sessions and shares topics each; false if there is none. */
    boolean receive() {
        boolean received = receivePolicy();
        if (sessionsReceived < broker.sessions.size()) {
            NewestSession.note(sessionsStore, broker.sessions.get(sessionsReceived++));
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
