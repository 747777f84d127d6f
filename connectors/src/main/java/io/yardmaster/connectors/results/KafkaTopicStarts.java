package io.yardmaster.connectors.results;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Asks Kafka. Connect does not let a task use its own consumer, so this has a client. */
final class KafkaTopicStarts implements TopicStarts {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Object> settings;
    private Admin admin;

    /** @param settings of a client */
    KafkaTopicStarts(Map<String, Object> settings) {
        this.settings = settings;
    }

    @Override
    public Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, Long> starts = new HashMap<>();
        try {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer : admin.listOffsets(asked)
                    .all()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .entrySet()) {
                starts.put(answer.getKey(), answer.getValue().offset());
            }
            return starts;
        } catch (ExecutionException e) {
            throw unknown(partitions, e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw unknown(partitions, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(e);
        }
    }

    private static RetriableException unknown(Collection<TopicPartition> partitions, Throwable e) {
        return new RetriableException(
                "Kafka does not say where %s begin, trying again: %s".formatted(partitions, e.getMessage()), e);
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
