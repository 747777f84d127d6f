package io.yardmaster.topology;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.shares.DispatchBudget;
import io.yardmaster.topology.shares.PeerShares;
import io.yardmaster.topology.shares.SharedBudget;
import io.yardmaster.topology.shares.SoleBudget;
import io.yardmaster.topology.window.ShardWindow;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the dispatch budget of a shard when its stream task is opened. One for all of an instance, which hear
 * together what others say.
 */
final class Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);

    /** In the scheduler's store, behind all keys that begin with a session and before the ledger. */
    static final Bytes STORED_SHARE = Bytes.wrap(new byte[] {(byte) 0xFE});

    private final int lanes;
    private final Capacity capacity;
    private final Fairness fairness;
    private final String topic;
    private final Deserializer<Share> shares;
    private final PeerShares board;

    /**
     * Describes how the window is shared.
     *
     * @param lanes how many partitions each lane has
     * @param topic of the shares
     */
    Budgets(int lanes, Capacity capacity, Fairness fairness, String topic, Deserializer<Share> shares) {
        this.lanes = lanes;
        this.capacity = capacity;
        this.fairness = fairness;
        this.topic = topic;
        this.shares = shares;
        this.board = new PeerShares(lanes, this::decode);
    }

    /** To be told, once it is in the store, of each record of the shares; who sends something else is not heard. */
    void heard(Bytes key, byte[] record) {
        if (record != null && key.get().length == Integer.BYTES) {
            board.heard(ByteBuffer.wrap(key.get()).getInt(), record);
        }
    }

    DispatchBudget open(ProcessorContext<?, ?> context, ShardWindow window) {
        if (lanes == 1) {
            return new SoleBudget(capacity, window);
        }
        KeyValueStore<Bytes, byte[]> state = context.getStateStore(Names.STATE_STORE);
        ReadOnlyKeyValueStore<Bytes, byte[]> latest = context.getStateStore(Names.SHARES_STORE);
        try (IntegerSerializer keys = new IntegerSerializer()) {
            // What came before this was told of anything.
            board.hearAll(lane -> latest.get(Bytes.wrap(keys.serialize(topic, lane))));
        }
        return new SharedBudget(
                context.taskId().partition(), capacity, fairness, window, board, state.get(STORED_SHARE));
    }

    private Share decode(byte[] record) {
        try {
            return shares.deserialize(topic, record);
        } catch (SerializationException e) {
            LOG.warn("a record of {} cannot be read and is ignored: {}", topic, e.getMessage());
            return null;
        }
    }
}
