package io.yardmaster.topology;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.shares.DispatchBudget;
import io.yardmaster.topology.shares.PeerShares;
import io.yardmaster.topology.shares.ShareNews;
import io.yardmaster.topology.shares.SharedBudget;
import io.yardmaster.topology.shares.SoleBudget;
import io.yardmaster.topology.window.ShardWindow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the dispatch budget of a shard when its stream task is opened. All shards of an instance use one, and with it one
 * {@link PeerShares}.
 */
class Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);

    /** In the scheduler's store, behind all keys that begin with a session and before the ledger. */
    static final Bytes STORED_SHARE = Bytes.wrap(new byte[] {(byte) 0xFE});

    /** Behind that; the keys go on with text. */
    private static final byte[] STORED_LIMIT = {(byte) 0xFE, 2};

    private final int shards;
    private final Capacity capacity;
    private final Fairness fairness;
    private final String topic;
    private final Deserializer<Share> deserializer;
    private final PeerShares peerShares;

    /**
     * Makes budgets that share one dispatch window.
     *
     * @param shards number of shards
     * @param topic of the shares
     */
    Budgets(int shards, Capacity capacity, Fairness fairness, String topic, Deserializer<Share> deserializer) {
        this.shards = shards;
        this.capacity = capacity;
        this.fairness = fairness;
        this.topic = topic;
        this.deserializer = deserializer;
        this.peerShares = new PeerShares(shards, this::decode);
    }

    /** Takes each record of the shares topic after it was stored; ignores records with another kind of key. */
    void received(Bytes key, byte[] record) {
        if (record != null && key.get().length == Integer.BYTES) {
            peerShares.received(ByteBuffer.wrap(key.get()).getInt(), record);
        }
    }

    DispatchBudget open(ProcessorContext<?, ?> context, ShardWindow window) {
        if (shards == 1) {
            return new SoleBudget(capacity, window);
        }
        KeyValueStore<Bytes, byte[]> state = context.getStateStore(Names.STATE_STORE);
        ReadOnlyKeyValueStore<Bytes, byte[]> latest = context.getStateStore(Names.SHARES_STORE);
        try (IntegerSerializer keys = new IntegerSerializer()) {
            // The records that were stored before the first call of received.
            peerShares.receiveAll(shard -> latest.get(Bytes.wrap(keys.serialize(topic, shard))));
        }
        return new SharedBudget(
                context.taskId().partition(),
                capacity,
                fairness,
                window,
                peerShares,
                state.get(STORED_SHARE),
                storedLimits(state));
    }

    private static Map<String, byte[]> storedLimits(KeyValueStore<Bytes, byte[]> state) {
        Map<String, byte[]> stored = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = state.prefixScan(STORED_LIMIT, new ByteArraySerializer())) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                byte[] key = next.key.get();
                stored.put(
                        new String(key, STORED_LIMIT.length, key.length - STORED_LIMIT.length, StandardCharsets.UTF_8),
                        next.value);
            }
        }
        return stored;
    }

    /** Stores the news of a shard, in the transaction in which they are published. */
    static void store(ShareNews news, KeyValueStore<Bytes, byte[]> state) {
        state.put(STORED_SHARE, news.stored());
        news.limits().forEach((key, value) -> {
            byte[] text = key.getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate(STORED_LIMIT.length + text.length);
            state.put(Bytes.wrap(bytes.put(STORED_LIMIT).put(text).array()), value);
        });
    }

    private Share decode(byte[] record) {
        try {
            return deserializer.deserialize(topic, record);
        } catch (SerializationException e) {
            LOG.warn("a record of {} cannot be read and is ignored: {}", topic, e.getMessage());
            return null;
        }
    }
}
