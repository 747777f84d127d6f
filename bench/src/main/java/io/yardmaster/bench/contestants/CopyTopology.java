package io.yardmaster.bench.contestants;

import io.yardmaster.bench.load.ExampleAssignment;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Arrays;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads ready events as bytes and writes each to the dispatch topic, cut or filled up to the size of an assignment,
 * with an epoch header. No state and no Avro.
 */
final class CopyTopology {
    private CopyTopology() {}

    static Topology build(SchedulerConfig config) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "ready",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                config.topics().of(Topic.READY));
        topology.addProcessor("copy", Copier::new, "ready");
        topology.addSink(
                "dispatch",
                config.topics().of(Topic.DISPATCH),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "copy");
        return topology;
    }

    private static final class Copier extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private static final byte[] EPOCH = Epoch.encode(1);

        private final int size = ExampleAssignment.bytes().length;

        @Override
        public void process(Record<byte[], byte[]> record) {
            context()
                    .forward(new Record<>(
                            record.key(),
                            Arrays.copyOf(record.value(), size),
                            record.timestamp(),
                            new RecordHeaders().add(Epoch.HEADER, EPOCH)));
        }
    }
}
