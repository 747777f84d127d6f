package io.yardmaster.topology;

import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Refuses local state that is ahead of its changelog, before anything is decided with it. Kafka Streams takes such
 * state for up to date, but another instance would later restore different state from the changelog.
 */
final class CheckpointGuard implements StateRestoreListener {
    private final Path directory;
    private final StateRestoreListener next;

    /** @param directory of all local state of this scheduler, for the message */
    CheckpointGuard(Path directory, StateRestoreListener next) {
        this.directory = directory;
        this.next = next;
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        if (from > to) {
            throw new SetupException(("the local state of shard %s goes up to offset %s of topic %s, which ends at"
                            + " %s: it is a copy of another topic, such as one that was deleted since. Stop the instance,"
                            + " delete %s and start it again")
                    .formatted(changelog.partition(), from, changelog.topic(), to, directory));
        }
        next.onRestoreStart(changelog, store, from, to);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
        next.onBatchRestored(changelog, store, end, count);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long total) {
        next.onRestoreEnd(changelog, store, total);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
        next.onRestoreSuspended(changelog, store, total);
    }
}
