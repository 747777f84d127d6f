package io.yardmaster.bench.load;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads of cancelled jobs, as execution managers and observers do, the kills, the events and the outcomes of the tasks that waited for hosts. */
public final class CancelReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String kills;
    private final String events;
    private final Deserializer<Kill> killValues;
    private final Deserializer<JobEvent> eventValues;
    private final Deserializer<TaskOutcome> outcomeValues;
    private final int tasksOfAJob;
    private final Map<Long, Integer> withdrawnTasks = new HashMap<>();
    private final Map<Long, Long> killed = new HashMap<>();
    private final Map<Long, Long> told = new HashMap<>();
    private final Map<Long, Long> withdrawn = new HashMap<>();

    /** @param tasksOfAJob that wait for hosts */
    public CancelReader(String bootstrapServers, BenchTopics topics, int tasksOfAJob) {
        WorkloadSchemas.register();
        this.tasksOfAJob = tasksOfAJob;
        kills = topics.kills();
        events = topics.events();
        Map<String, String> serde = Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL);
        killValues = ValueSerdes.of(Topic.KILLS, serde).deserializer();
        eventValues = ValueSerdes.of(Topic.EVENTS, serde).deserializer();
        outcomeValues = ValueSerdes.of(Topic.OUTCOMES, serde).deserializer();
        consumer = FleetConsumer.open(bootstrapServers, topics.round() + "-cancels", 10_000);
        List<TopicPartition> all = List.of(
                new TopicPartition(kills, 0), new TopicPartition(events, 0), new TopicPartition(topics.outcomes(), 0));
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads on for a moment. */
    public void poll() {
        var records = consumer.poll(POLL);
        long now = System.currentTimeMillis();
        records.forEach(record -> read(record, now));
    }

    private void read(ConsumerRecord<byte[], byte[]> record, long now) {
        if (record.topic().equals(kills)) {
            killed.putIfAbsent(killValues.deserialize(kills, record.value()).getJobId(), now);
        } else if (record.topic().equals(events)) {
            JobEvent event = eventValues.deserialize(events, record.value());
            if (event.getWhat() == JobEventKind.JOB_CANCELLED) {
                told.putIfAbsent(event.getJobId(), now);
            }
        } else {
            TaskOutcome outcome = outcomeValues.deserialize(record.topic(), record.value());
            if (outcome.getResult() == TaskResult.KILLED
                    && withdrawnTasks.merge(outcome.getJobId(), 1, Integer::sum) == tasksOfAJob) {
                withdrawn.put(outcome.getJobId(), now);
            }
        }
    }

    /** The number of jobs of which all three are known. */
    public int complete() {
        return Math.min(killed.size(), Math.min(told.size(), withdrawn.size()));
    }

    /** When the kill of a job could be read, in ms since 1970. */
    public long killed(long job) {
        return killed.get(job);
    }

    /** When the event of a job's cancellation could be read. */
    public long told(long job) {
        return told.get(job);
    }

    /** When the outcome of the last task of a job that waited for a host could be read. */
    public long withdrawn(long job) {
        return withdrawn.get(job);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
