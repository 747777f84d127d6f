package io.yardmaster.app.jobs;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/** Finds the graph of a job in the graphs topic, whose records the scheduler deletes some time after it has read them. */
public final class SubmittedGraphs {
    private final long job;
    private final List<JobGraph> found = new ArrayList<>();
    private boolean ambiguous;

    SubmittedGraphs(long job) {
        this.job = job;
    }

    /**
     * The only graph of the job that the topic holds.
     *
     * @throws InvalidInputException if it holds none as a whole, or several that differ
     */
    public static PlannedJob find(SchedulerConfig config, long job) {
        SubmittedGraphs graphs = new SubmittedGraphs(job);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (Serde<JobGraph> serde = ValueSerdes.of(Topic.GRAPHS, config.serde());
                TopicTail topic = new TopicTail(
                        new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes),
                        config.topics().of(Topic.GRAPHS),
                        partitions -> partition -> JobPartition.of(job, partitions) == partition)) {
            topic.readFromBeginning(record -> graphs.read(record, serde));
        }
        return graphs.planned();
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Serde<JobGraph> serde) {
        if (record.key() == null
                || record.key().length != Long.BYTES
                || ByteBuffer.wrap(record.key()).getLong() != job) {
            return;
        }
        try {
            JobGraph part = serde.deserializer().deserialize(record.topic(), record.value());
            if (part != null) {
                add(part);
            }
        } catch (UnreadableRecordException e) {
            // The scheduler has refused it, too, as a dead letter: it is no graph of this job.
            return;
        }
    }

    /** A graph that was sent again, and so was refused, is the same; of others nobody knows which one the job has. */
    void add(JobGraph part) {
        int number = part.getPart();
        if (number == found.size()) {
            found.add(part);
        } else {
            ambiguous |=
                    number < 0 || number > found.size() || !found.get(number).equals(part);
        }
    }

    PlannedJob planned() {
        if (ambiguous) {
            throw invalid("several graphs");
        }
        if (found.isEmpty() || found.size() != found.get(0).getParts()) {
            throw invalid("no whole graph");
        }
        JobGraph first = found.get(0);
        List<Stage> stages =
                found.stream().flatMap(part -> part.getStages().stream()).toList();
        if (!StageCheck.of(stages).isEmpty()) {
            throw invalid("no graph that makes sense");
        }
        JobPlan.Terms terms = new JobPlan.Terms(
                OptionalLong.of(first.getResourceGroupId()),
                first.getPriority(),
                first.getCommit(),
                first.getCleanup(),
                first.getOnFailure());
        return new PlannedJob(job, first.getResourceGroupId(), new JobPlan("", terms, stages));
    }

    private InvalidInputException invalid(String what) {
        return new InvalidInputException(
                "the graphs topic holds %s of job %s: name the file that it was submitted with".formatted(what, job));
    }
}
