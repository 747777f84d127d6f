package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.ticks.TickLog;
import io.yardmaster.core.ticks.TickTrace;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TickHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Records the ticks of a shard, with all that they read, in a header of assignments, so that a recording of the topics can be replayed
 * exactly (R2). The first assignment of a tick carries what happened up to this tick. The calls of a transaction after its last
 * assignment are stored, and a later assignment carries them: so the record is exact after an abort or a failover, too.
 */
final class TickRecorder {
    /** In the scheduler's store, behind all keys that begin with a session and before the ranges of tasks. */
    private static final byte KIND = (byte) 0xFB;

    /** Is there as long as the state is that behind the recorded calls. */
    private static final Bytes MARK = Bytes.wrap(new byte[] {KIND});

    private static final byte[] NOTHING = {};
    private static final int MOST_CARRIED = 64 << 10;
    /** The most bytes of one transaction. */
    private static final int MOST_PORTION = 512 << 10;
    /** The most bytes of all transactions that wait for an assignment. */
    private static final int MOST_WAITING = 4 << 20;

    private static final long NO_ASSIGNMENT = -1;

    private final boolean isOn;
    private final ProcessorContext<?, ?> context;
    private final KafkaStorage storage;
    private final Scheduler scheduler;
    private final KeyValueStore<Bytes, byte[]> state;
    private final TickLog log = new TickLog();
    private final TickTrace trace;
    /** Parts of the log from earlier transactions, or too large for one assignment. */
    private final Deque<Portion> waiting = new ArrayDeque<>();

    /** In the store; carried since the last transaction. */
    private final List<Bytes> carried = new ArrayList<>();

    private boolean isMarked;
    private boolean isLost;
    private int bytesWaiting;
    private long nextKey;
    private long carrier = NO_ASSIGNMENT;
    private long changesStored;

    /** A part of the log. */
    private static final class Portion {
        final byte[] bytes;
        /** Null if it is not in the store. */
        Bytes key;

        Portion(byte[] bytes, Bytes key) {
            this.bytes = bytes;
            this.key = key;
        }
    }

    /**
     * Takes over from an earlier owner of the shard.
     *
     * @param isOn false: records nothing, and forgets what is stored
     * @param storage of the scheduler, in {@code state}
     */
    TickRecorder(
            boolean isOn,
            ProcessorContext<?, ?> context,
            KeyValueStore<Bytes, byte[]> state,
            KafkaStorage storage,
            Scheduler scheduler,
            Policy policy) {
        this.isOn = isOn;
        this.context = context;
        this.state = state;
        this.storage = storage;
        this.scheduler = scheduler;
        this.trace = new TickTrace(() -> storage.changes() + scheduler.changes());
        this.isMarked = state.get(MARK) != null;
        if (isMarked) {
            load();
        }
        if (isOn) {
            log.opened(beginning(), scheduler.view().assignments(), policy);
        }
    }

    private LoggedCall.Beginning beginning() {
        if (isMarked) {
            return LoggedCall.Beginning.LOGGED;
        }
        return scheduler.view().isNew() ? LoggedCall.Beginning.FRESH : LoggedCall.Beginning.UNLOGGED;
    }

    private void load() {
        try (KeyValueIterator<Bytes, byte[]> left = state.range(key(0), key(-1))) {
            left.forEachRemaining(entry -> {
                add(new Portion(entry.value, entry.key));
                nextKey = ByteBuffer.wrap(entry.key.get()).getLong(1) + 1;
            });
        }
    }

    private static Bytes key(long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(KIND).putLong(number).array());
    }

    private void add(Portion portion) {
        waiting.add(portion);
        bytesWaiting += portion.bytes.length;
    }

    private boolean isRecording() {
        return isOn && !isLost;
    }

    /** Notes that a record comes, which will be applied or refused. */
    void comes() {
        if (isRecording()) {
            log.comes();
        }
    }

    /** Records that the present record, an event of a lane, is applied; must precede it. */
    void reads(SpecificRecord value) {
        if (value instanceof TaskReady) {
            reads(TickInput.READY);
        } else {
            reads(value instanceof CommitReady ? TickInput.COMMIT : TickInput.CLEANUP);
        }
    }

    /** Records that the present record, which is of this topic, is applied; must precede it. */
    void reads(TickInput input) {
        if (isRecording()) {
            reads(input, context.recordMetadata().map(RecordMetadata::offset).orElse(0L));
        }
    }

    /** Records that the record at this offset is applied; must precede it. */
    void reads(TickInput input, long offset) {
        if (isRecording()) {
            log.read(input, offset);
        }
    }

    /** Records that the session is followed if it is new; must precede it. */
    void follows(long session) {
        if (isRecording() && session > scheduler.session()) {
            log.followed(session);
        }
    }

    /** Records that the policy is followed, this shard's part of it; must precede it. */
    void obeys(LivePolicy live) {
        if (isRecording()) {
            log.obeyed(live);
        }
    }

    /** Records that assignments with these numbers are released without an outcome; must precede it. */
    void takes(long[] numbers) {
        if (isRecording()) {
            log.taken(numbers);
        }
    }

    /** Records that assignments of graphs' tasks with these numbers end without an outcome; must precede it. */
    void unreported(long[] numbers) {
        if (isRecording()) {
            log.unreported(numbers);
        }
    }

    /** Records a tick; must precede it. */
    void ticks(long now, Budget budget, Demand demand) {
        if (isRecording()) {
            trace.begins(budget, demand);
            log.ticks(now, budget);
        }
    }

    /** Notes the end of the tick. */
    void ticked() {
        if (isRecording()) {
            log.ticked(trace.isLeft());
        }
    }

    /** Takes note of a decision. */
    void decided(Decision decision) {
        if (isRecording()) {
            trace.decided();
            log.decided(decision);
        }
    }

    /** The header that the assignment of this number carries; empty if it carries none. */
    Optional<Header> carriedBy(long assignment) {
        if (log.size() > 0) {
            add(new Portion(isLost ? log.take() : log.takeInTick(), null));
        }
        if (!isOn || waiting.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(carrier).array());
        do {
            Portion next = waiting.remove();
            bytesWaiting -= next.bytes.length;
            value.writeBytes(next.bytes);
            if (next.key != null) {
                carried.add(next.key);
            }
        } while (!waiting.isEmpty() && value.size() + waiting.element().bytes.length <= MOST_CARRIED);
        carrier = assignment;
        return Optional.of(new RecordHeader(TickHeader.HEADER, value.toByteArray()));
    }

    /**
     * Stores what no assignment has carried; must follow each flush of the scheduler.
     *
     * @param age whether a grown age alone was stored
     */
    void store(boolean age) {
        if (!isOn) {
            forgetAll();
        } else if (!isLost) {
            boolean changed = storage.changes() != changesStored;
            changesStored = storage.changes();
            log.flushed(age, changed);
            if (bytesWaiting + log.size() > MOST_WAITING || log.size() > MOST_PORTION) {
                lose();
            } else if (changed) {
                forgetCarried();
                put();
            }
        }
    }

    private void put() {
        if (!isMarked) {
            isMarked = true;
            state.put(MARK, NOTHING);
        }
        if (log.size() > 0) {
            add(new Portion(log.take(), null));
        }
        for (Portion portion : waiting) {
            if (portion.key == null) {
                portion.key = key(nextKey++);
                state.put(portion.key, portion.bytes);
            }
        }
    }

    private void forgetCarried() {
        carried.forEach(state::delete);
        carried.clear();
    }

    private void forgetAll() {
        if (isMarked) {
            isMarked = false;
            forgetCarried();
            waiting.stream().filter(portion -> portion.key != null).forEach(portion -> state.delete(portion.key));
            waiting.clear();
            bytesWaiting = 0;
            state.delete(MARK);
        }
    }

    /** Stops recording, as nothing could carry the calls for too long; the next assignment carries that. */
    private void lose() {
        forgetAll();
        isLost = true;
        log.lose();
    }
}
