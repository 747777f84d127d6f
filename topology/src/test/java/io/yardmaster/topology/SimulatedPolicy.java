package io.yardmaster.topology;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.serialization.Serializer;

/** An operator in a {@link Simulation} who gives the groups of storage other rates and weights at random. */
final class SimulatedPolicy {
    /** A record of the policy topic; its value is null if the entry is withdrawn. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] key, byte[] value) {}

    private final Random random;
    private final SimulatedBroker broker;
    private final String topic;
    private final Serializer<PolicyEntry> values;

    SimulatedPolicy(Random random, SimulatedBroker broker, SchedulerConfig config) {
        this.random = random;
        this.broker = broker;
        this.topic = config.topics().of(Topic.POLICY);
        this.values = ValueSerdes.of(Topic.POLICY, config.serde()).serializer();
    }

    /** Changes an entry, and says how. */
    String change() {
        long group = random.nextInt(SimulatedStorage.GROUPS);
        PolicyEntry.Builder entry = PolicyEntry.newBuilder();
        if (random.nextInt(4) == 0) {
            return put(group, null);
        } else if (random.nextInt(3) == 0) {
            entry.setFields(List.of("weight")).setWeight(0.5 * (1 << random.nextInt(4)));
        } else {
            // A run takes a second or so, and a tick some milliseconds.
            entry.setFields(List.of("rate", "burst"))
                    .setRate(2.0 * (1 + random.nextInt(100)))
                    .setBurst(1L + random.nextInt(4));
        }
        return put(group, entry.build());
    }

    /** Withdraws all entries, so that everything that waits goes on. */
    void withdraw() {
        for (long group = 0; group < SimulatedStorage.GROUPS; group++) {
            put(group, null);
        }
    }

    private String put(long group, PolicyEntry entry) {
        String key = "group/" + group;
        broker.policies.add(
                new Entry(key.getBytes(StandardCharsets.UTF_8), entry == null ? null : values.serialize(topic, entry)));
        return "policy " + key + ": " + entry;
    }
}
