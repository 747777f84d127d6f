package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.window.ShardWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/** Fails if a version of Kafka Streams calls {@link CommitHook} later than at the beginning of a commit. */
class CommitHookIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final TopicPartition READY = new TopicPartition("hook.ready", 0);
    /** Follows the session in the key of a job's record. */
    private static final byte JOB_RECORD = 'J';

    private static final String CHANGELOG = "hook-scheduler-state-changelog";

    /** A full window, so that only events change the state. */
    private static final ShardWindow FULL = new ShardWindow() {
        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isFresh() {
            return false;
        }

        @Override
        public int countOutstanding() {
            return 0;
        }

        @Override
        public void close() {}
    };

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Test
    void changesOfAnEventAreSentBeforeTheOffsetsOfItsTransaction() throws Exception {
        try (TestDeployment deployment = newDeployment("hook").createTopics(1, 1)) {
            SchedulerConfig config = deployment.config("state");
            Properties settings = StreamsSettings.of(config);
            try (KafkaStreams streams = new KafkaStreams(
                    SchedulerTopology.build(config, 1, shard -> FULL), settings, new RecordingClients())) {
                streams.start();
                for (int job = 1; job <= 3; job++) {
                    deployment.ready(0, 1, job, 0, 0, 10);
                    int transactions = job;
                    await().atMost(LONG).until(() -> transactionsWithEvents() >= transactions);
                }
            }
        }
        // Each event came alone, so the changes of each precede its offsets.
        boolean changed = false;
        for (String call : calls) {
            if (call.equals("offsets")) {
                assertThat(changed).as("order of calls: %s", calls).isTrue();
            }
            changed = call.equals("state") || (changed && !call.equals("commit"));
        }
    }

    private long transactionsWithEvents() {
        return calls.stream().filter("offsets"::equals).count();
    }

    private static boolean isJobRecord(byte[] key) {
        return key.length > Long.BYTES && key[Long.BYTES] == JOB_RECORD;
    }

    /** There is one stream thread, so one producer. */
    private final class RecordingProducer extends KafkaProducer<byte[], byte[]> {
        private long processed;

        RecordingProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (record.topic().equals(CHANGELOG) && isJobRecord(record.key())) {
                calls.add("state");
            }
            return super.send(record, callback);
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            OffsetAndMetadata ready = offsets.get(READY);
            if (ready != null && ready.offset() > processed) {
                processed = ready.offset();
                calls.add("offsets");
            }
            super.sendOffsetsToTransaction(offsets, group);
        }

        @Override
        public void commitTransaction() {
            calls.add("commit");
            super.commitTransaction();
        }
    }

    private final class RecordingClients implements KafkaClientSupplier {
        @Override
        public Admin getAdmin(Map<String, Object> config) {
            return Admin.create(config);
        }

        @Override
        public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            return new RecordingProducer(config);
        }

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
            return getConsumer(config);
        }

        @Override
        public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
            return getConsumer(config);
        }
    }
}
