package io.yardmaster.topology;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Registers the schemas that the scheduler writes: a registry that is away or refuses one is noticed before the first record. */
final class WrittenSchemas {
    private WrittenSchemas() {}

    /** @param placesOnHosts whether offers are written, too */
    static void register(SchedulerConfig config, boolean placesOnHosts) {
        registerPool(config, "");
        register(config, Topic.SESSIONS, new Session(0L));
        register(
                config,
                Topic.EVENTS,
                new JobEvent(Instant.EPOCH, 0L, 0L, 0L, JobEventKind.OTHER, -1, 0L, 0, "", "", 0));
        register(config, Topic.KILLS, new Kill(0L, -1L, 0L, "", "", -1L, -1, 0));
        if (placesOnHosts) {
            Offer none = Offer.newBuilder()
                    .setKind(OfferKind.OTHER)
                    .setJobId(0)
                    .setSessionId(0)
                    .build();
            register(config, Topic.OFFERS, none);
        }
        register(
                config,
                Topic.SHARES,
                new Share(
                        0,
                        0,
                        List.of(),
                        1.0,
                        0L,
                        false,
                        0.0,
                        0,
                        0L,
                        0,
                        0L,
                        List.of(),
                        0L,
                        List.of(),
                        Budget.NO_FLOOR,
                        List.of(),
                        List.of()));
    }

    /** Registers the schema of the assignments of a pool; of the default one, whose name is empty. */
    static void registerPool(SchedulerConfig config, String pool) {
        register(
                config,
                Topic.DISPATCH,
                config.topics().dispatch(pool),
                new TaskAssignment(
                        0L, 0L, 0L, TaskKind.TASK, 0, 0, 0L, Instant.EPOCH, 0L, Payload.NONE, "", Map.of(), ""));
    }

    private static <V extends SpecificRecord> void register(SchedulerConfig config, Topic<V> topic, V example) {
        register(config, topic, config.topics().of(topic), example);
    }

    private static <V extends SpecificRecord> void register(
            SchedulerConfig config, Topic<V> topic, String name, V example) {
        try (Serde<V> serde = ValueSerdes.of(topic, config.serde())) {
            serde.serializer().serialize(name, example);
        }
    }
}
