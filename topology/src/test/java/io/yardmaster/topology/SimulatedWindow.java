package io.yardmaster.topology;

import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.ReadPositions;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.StoredFloor;
import io.yardmaster.topology.window.Window;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A real window, with positions in the simulated topics.
 *
 * @param sessionsRead by the instance
 */
record SimulatedWindow(DispatchWindow window, SimulatedBroker broker, LongSupplier sessionsRead) implements Window {
    private static final TopicPartition SESSIONS = new TopicPartition("sessions", 0);

    @Override
    public ShardWindow open(int shard) {
        return window.open(shard);
    }

    @Override
    public long[] taken() {
        return window.taken();
    }

    @Override
    public Uuid topic() {
        return window.topic();
    }

    @Override
    public void floor(StoredFloor stored) {
        window.floor(stored);
    }

    @Override
    public ReadPositions readPositions() {
        return new ReadPositions() {
            @Override
            public CompletionStage<Map<TopicPartition, Long>> written(int shard) {
                int written = broker.input(shard, SimulatedBroker.OUTCOMES).size();
                return positions(shard, written, broker.sessions.size());
            }

            @Override
            public CompletionStage<Map<TopicPartition, Long>> read(int shard) {
                return positions(shard, broker.committed(shard)[SimulatedBroker.OUTCOMES], sessionsRead.getAsLong());
            }
        };
    }

    private static CompletionStage<Map<TopicPartition, Long>> positions(int shard, long outcomes, long sessions) {
        return CompletableFuture.completedFuture(
                Map.of(new TopicPartition("outcomes", shard), outcomes, SESSIONS, sessions));
    }
}
