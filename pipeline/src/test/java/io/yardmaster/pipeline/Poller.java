package io.yardmaster.pipeline;

import io.yardmaster.connectors.polling.PollingTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A polling task without a worker around it; the test gives its stored offset. */
final class Poller implements AutoCloseable {
    private final PollingTask task = new PollingTask();

    /** @param offset the stored one; null at the very beginning */
    Poller(Map<String, String> config, Map<String, ?> offset) {
        task.initialize(new Context(config, offset));
        task.start(config);
    }

    /** The records of one poll. */
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = task.poll();
        return records == null ? List.of() : records;
    }

    /** Polls until there are so many records. */
    List<SourceRecord> records(int count) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (records.size() < count) {
            records.addAll(poll());
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + records);
            }
        }
        return records;
    }

    @Override
    public void close() {
        task.stop();
    }

    private record Context(Map<String, String> configs, Map<String, ?> offset)
            implements SourceTaskContext, OffsetStorageReader {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return (Map<String, Object>) offset;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            throw new UnsupportedOperationException();
        }
    }
}
