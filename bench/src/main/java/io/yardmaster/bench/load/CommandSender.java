package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;

/** Sends commands to cancel jobs, one at a time. */
public final class CommandSender implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<Long, JobCommand> producer;

    public CommandSender(String bootstrapServers, String topic) {
        WorkloadSchemas.register();
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new LongSerializer(),
                ValueSerdes.of(Topic.COMMANDS, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                        .serializer());
    }

    /**
     * Returns when the broker has the command, with the command's timestamp in ms since 1970.
     *
     * @throws BenchException if the command is lost
     */
    public long cancel(long job) {
        JobCommand command = new JobCommand(job, -1L, CommandType.CANCEL, "benchmark", "bench", 0);
        try {
            return producer.send(new ProducerRecord<>(topic, job, command))
                    .get()
                    .timestamp();
        } catch (ExecutionException | InterruptedException e) {
            throw new BenchException("a command cannot be sent to " + topic + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
