package io.yardmaster.topology.window;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Reads through an admin client and a consumer. */
public final class KafkaDispatchLog implements DispatchLog {
    private static final long REQUEST_SECONDS = 5;

    private final Admin admin;
    private final AssignmentReader reader;
    private final String group;
    private final List<TopicPartition> partitions;

    /** Closes the reader at the end, but not the admin client. */
    public KafkaDispatchLog(Admin admin, AssignmentReader reader, String topic, int partitions, String group) {
        this.admin = admin;
        this.reader = reader;
        this.group = group;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    @Override
    public Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> found = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = found.get(partition);
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        }
        return committed;
    }

    @Override
    public Map<TopicPartition, Long> ends(IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicOffsets.of(admin, partitions, OffsetSpec.latest(), isolation, REQUEST_SECONDS);
    }

    @Override
    public AssignmentReader.Reading read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        return reader.read(starts, ends);
    }

    @Override
    public void close() {
        reader.close();
    }
}
