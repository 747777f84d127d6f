package io.yardmaster.app.operator;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serde;

/** Sends commands about jobs, and waits for the events that answer them. */
public final class CommandClient implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String commands;
    private final String events;
    private final Serde<JobEvent> eventSerde;
    private final KafkaProducer<Long, JobCommand> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects; throws where a setting of a client or the serde is wrong. */
    public CommandClient(SchedulerConfig config) {
        commands = config.topics().of(Topic.COMMANDS);
        events = config.topics().of(Topic.EVENTS);
        eventSerde = ValueSerdes.of(Topic.EVENTS, config.serde());
        Map<String, Object> sending = KafkaClients.producer(config.kafka());
        sending.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer = new KafkaProducer<>(
                sending,
                new LongSerializer(),
                ValueSerdes.of(Topic.COMMANDS, config.serde()).serializer());
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        consumer = new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes);
    }

    /**
     * Sends all commands, and returns when each was answered or the time is up.
     *
     * @param patience time to wait for answers, from the last sending on
     * @param answers called once for each command, as answers come
     * @throws KafkaException if a command cannot be sent; those before it were
     */
    public void ask(List<JobCommand> asked, Duration patience, Consumer<CommandAnswer> answers)
            throws InterruptedException {
        seekToEnd(asked);
        Map<String, JobCommand> open = new LinkedHashMap<>();
        for (JobCommand command : asked) {
            open.put(send(command), command);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                if (open.remove(source(event)) != null) {
                    answers.accept(CommandAnswer.of(eventSerde.deserializer().deserialize(events, event.value())));
                }
            }
        }
        open.forEach((position, command) -> answers.accept(CommandAnswer.none(command.getJobId(), position, patience)));
    }

    /** An answer cannot come before its command, so earlier events need not be read. */
    private void seekToEnd(List<JobCommand> asked) {
        int partitions = consumer.partitionsFor(events).size();
        consumer.assign(asked.stream()
                .map(command -> new TopicPartition(events, JobPartition.of(command.getJobId(), partitions)))
                .distinct()
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position); // the seek is lazy
    }

    /** Returns the command's position, as answers name it. */
    private String send(JobCommand command) throws InterruptedException {
        long job = command.getJobId();
        int partition = JobPartition.of(job, producer.partitionsFor(commands).size());
        try {
            RecordMetadata sent = producer.send(new ProducerRecord<>(commands, partition, job, command))
                    .get();
            return DeadLetterHeaders.position(sent.topic(), sent.partition(), sent.offset());
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot send to " + commands + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static String source(ConsumerRecord<?, ?> event) {
        Header source = event.headers().lastHeader(DeadLetterHeaders.SOURCE);
        return source == null || source.value() == null ? "" : new String(source.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        eventSerde.close();
    }
}
