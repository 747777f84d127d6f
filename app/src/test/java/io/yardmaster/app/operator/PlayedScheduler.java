package io.yardmaster.app.operator;

import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/** Reads commands, and writes events in transactions, as a scheduler does. */
final class PlayedScheduler implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final TopicNames names;
    private final KafkaConsumer<Long, JobCommand> consumer;
    private final KafkaProducer<Long, JobEvent> producer;
    private final Function<JobCommand, Optional<JobEvent>> answers;
    private final List<ConsumerRecord<Long, JobCommand>> commands = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> running;
    private volatile boolean closed;

    /** Does not read commands that are there already. */
    PlayedScheduler(Map<String, String> settings, Function<JobCommand, Optional<JobEvent>> answers) {
        this.answers = answers;
        names = TopicNames.from(settings);
        String servers = settings.get("kafka.bootstrap.servers");
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers),
                new LongDeserializer(),
                ValueSerdes.of(Topic.COMMANDS, settings).deserializer());
        List<TopicPartition> all = consumer.partitionsFor(names.of(Topic.COMMANDS)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", names.of(Topic.EVENTS)),
                new LongSerializer(),
                ValueSerdes.of(Topic.EVENTS, settings).serializer());
        producer.initTransactions();
        running = CompletableFuture.runAsync(this::run);
    }

    List<ConsumerRecord<Long, JobCommand>> commands() {
        return List.copyOf(commands);
    }

    private void run() {
        while (!closed) {
            consumer.poll(POLL).forEach(command -> {
                commands.add(command);
                answers.apply(command.value()).ifPresent(answer -> answer(command, answer));
            });
        }
    }

    /** Answers; before that, there are an event that answers another command and an answer that is not committed. */
    private void answer(ConsumerRecord<Long, JobCommand> command, JobEvent answer) {
        String source = command.topic() + "-" + command.partition() + "@" + command.offset();
        JobEvent wrong = new JobEvent(
                answer.getAt(), answer.getJobId(), 0L, 0L, JobEventKind.JOB_ENDED, -1, 0L, 0, "wrong", "", 0);
        producer.beginTransaction();
        send(source, wrong);
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
        send(source + "0", wrong);
        send(source, answer);
        producer.commitTransaction();
    }

    private void send(String source, JobEvent event) {
        ProducerRecord<Long, JobEvent> sent = new ProducerRecord<>(names.of(Topic.EVENTS), event.getJobId(), event);
        sent.headers().add("yardmaster.source", source.getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(sent);
    }

    /** Throws what it failed with, if it did. */
    @Override
    public void close() {
        closed = true;
        try {
            running.join();
        } finally {
            consumer.close();
            producer.close();
        }
    }
}
