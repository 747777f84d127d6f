package io.yardmaster.topology;

import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.InstanceSnapshot.Restoring;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/** Tracks the restoration of state from the changelog: of shards that come to this instance, and of standby copies. */
final class Restorations implements StateRestoreListener, StandbyUpdateListener {
    private final StateRestoreListener log;
    private final IdlePacer pacer;
    private final SortedMap<Integer, Restoring> current = new TreeMap<>();

    /**
     * Starts with no restoration.
     *
     * @param log also gets the calls, because Streams has one listener only
     * @param pacer wakes the stream thread that waits for its state
     */
    Restorations(StateRestoreListener log, IdlePacer pacer) {
        this.log = log;
        this.pacer = pacer;
    }

    synchronized List<Restoring> current() {
        return List.copyOf(current.values());
    }

    private synchronized void progress(TopicPartition changelog, String store, long read, long more) {
        if (store.equals(Names.STATE_STORE)) {
            Restoring before = current.getOrDefault(changelog.partition(), new Restoring(0, 0, 0));
            long restored = before.restored() + read;
            current.put(changelog.partition(), new Restoring(changelog.partition(), restored, restored + more));
        }
    }

    private synchronized void end(TopicPartition changelog, String store) {
        if (store.equals(Names.STATE_STORE)) {
            current.remove(changelog.partition());
        }
    }

    private synchronized long left(TopicPartition changelog) {
        Restoring restoring = current.get(changelog.partition());
        return restoring == null ? 0 : restoring.total() - restoring.restored();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        log.onRestoreStart(changelog, store, from, to);
        end(changelog, store);
        if (to > from) {
            progress(changelog, store, 0, to - from);
        }
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
        log.onBatchRestored(changelog, store, end, count);
        progress(changelog, store, count, Math.max(0, left(changelog) - count));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long total) {
        log.onRestoreEnd(changelog, store, total);
        end(changelog, store);
        pacer.active();
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
        log.onRestoreSuspended(changelog, store, total);
        end(changelog, store);
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long from) {
        progress(changelog, store, 0, 0);
    }

    /** A standby copy counts as restored once it has caught up, although it is always a little behind. */
    @Override
    public synchronized void onBatchLoaded(
            TopicPartition changelog, String store, TaskId task, long batchEnd, long count, long end) {
        if (!current.containsKey(changelog.partition())) {
            return;
        }
        if (batchEnd + 1 >= end) {
            end(changelog, store);
        } else {
            progress(changelog, store, count, end - batchEnd - 1);
        }
    }

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog, String store, long offset, long end, StandbyUpdateListener.SuspendReason reason) {
        end(changelog, store);
    }
}
