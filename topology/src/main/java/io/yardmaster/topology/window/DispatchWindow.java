package io.yardmaster.topology.window;

import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Counts the outstanding assignments of each shard that this instance owns: those that are dispatched and not yet taken
 * by the execution managers (S12). In a consumer group these are the assignments at or after its committed offset,
 * counted one by one because transaction markers take offsets, too.
 *
 * <p>A stream thread opens its shards; its producer places assignments and reports acknowledgements; an
 * {@link OutstandingSource} reports the group's offsets. Safe for use by all of them at once.
 */
public final class DispatchWindow implements Window {
    /** Nothing is dispatched once the latest refresh is older than this. */
    static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int partitions;
    private final LongSupplier nanoTime;
    private final Map<Integer, ShardOutstanding> shards = new ConcurrentHashMap<>();
    /** Shards in whose count there may be assignments that were aborted, or from whose count some may be missing. */
    private final Set<ShardOutstanding> unsettled = new HashSet<>();

    /**
     * Outstanding assignments by dispatch partition, summed over the shards: each shard reads these sums in each tick.
     */
    private final AtomicLong[] load;

    private final IdlePacer pacer;
    /** Number of shards among which the dispatch partitions are divided; 1 if every shard uses all of them. */
    private final int dividedAmong;
    /** True for a share group, whose lags are counted instead of single assignments. */
    private final boolean countsLags;

    private volatile long[] committed;
    /** Sum at the latest refresh; used by the refreshing thread alone. */
    private long lastOutstanding;

    private final AtomicLong takings = new AtomicLong();
    private volatile boolean everRefreshed;
    private volatile long[] taken;
    private volatile StoredFloor floor;
    private volatile Uuid topic = Uuid.ZERO_UUID;
    /** Time of the latest refresh; before the first, time of construction. */
    private volatile long refreshedAt;

    /** Makes a window for an instance whose threads never rest. */
    public DispatchWindow(int partitions, LongSupplier nanoTime) {
        this(partitions, nanoTime, IdlePacer.restless());
    }

    /** Makes a window that tells the pacer when the number of outstanding assignments changes. */
    public DispatchWindow(int partitions, LongSupplier nanoTime, IdlePacer pacer) {
        this(partitions, 1, false, nanoTime, pacer);
    }

    private DispatchWindow(
            int partitions, int dividedAmong, boolean countsLags, LongSupplier nanoTime, IdlePacer pacer) {
        this.partitions = partitions;
        this.load = Stream.generate(AtomicLong::new).limit(partitions).toArray(AtomicLong[]::new);
        this.pacer = pacer;
        this.dividedAmong = dividedAmong;
        this.countsLags = countsLags;
        this.nanoTime = nanoTime;
        this.committed = new long[partitions];
        this.refreshedAt = nanoTime.getAsLong();
    }

    /**
     * Makes a window in which each shard has dispatch partitions to itself, so that the lag of a dispatch partition is
     * the lag of one shard.
     *
     * @param shards at most as many as there are dispatch partitions
     */
    public static DispatchWindow divided(int partitions, int shards, LongSupplier nanoTime, IdlePacer pacer) {
        return new DispatchWindow(partitions, shards, true, nanoTime, pacer);
    }

    public int partitions() {
        return partitions;
    }

    /** The dispatch partitions that assignments of this shard may go to. */
    int[] partitionsOf(int shard) {
        return IntStream.range(0, partitions)
                .filter(partition -> partition % dividedAmong == shard % dividedAmong)
                .toArray();
    }

    boolean countsLags() {
        return countsLags;
    }

    List<ShardOutstanding> shards() {
        return List.copyOf(shards.values());
    }

    /** Outstanding assignments of this instance's shards. */
    public long outstanding() {
        return Arrays.stream(load).mapToLong(AtomicLong::get).sum();
    }

    /** Outstanding assignments of this instance's shards in one dispatch partition. */
    AtomicLong load(int partition) {
        return load[partition];
    }

    /** Outstanding assignments of this instance's shards by dispatch partition. */
    public long[] outstandingByPartition() {
        return Arrays.stream(load).mapToLong(AtomicLong::get).toArray();
    }

    /** The shards of this instance. */
    public SortedSet<Integer> openShards() {
        return new TreeSet<>(shards.keySet());
    }

    /** Age of the latest refresh of the group's offsets; before the first, the time since construction. */
    public Duration offsetsAge() {
        return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - refreshedAt));
    }

    /** True if the latest refresh of the group's offsets is recent enough to dispatch. */
    public boolean isFresh() {
        return everRefreshed && nanoTime.getAsLong() - refreshedAt <= FRESH_NANOS;
    }

    @Override
    public ShardWindow open(int shard) {
        ShardOutstanding opened = new ShardOutstanding(this, shard);
        long[] offsets = committed;
        for (int partition = 0; partition < partitions; partition++) {
            opened.partition(partition).committed(offsets[partition]);
        }
        ShardOutstanding before = shards.put(shard, opened);
        if (before != null) {
            before.forget();
        }
        synchronized (unsettled) {
            unsettled.add(opened);
        }
        pacer.active();
        return opened;
    }

    void close(ShardOutstanding shard) {
        shards.remove(shard.shard(), shard);
        synchronized (unsettled) {
            unsettled.remove(shard);
        }
        shard.forget();
        pacer.active();
    }

    /** The group will next read these offsets, one for each partition, 0 where it has committed none. */
    void committed(long[] offsets) {
        long[] before = committed;
        committed = offsets;
        boolean moved = !Arrays.equals(before, offsets);
        if (moved) {
            pacer.active();
        }
        if (IntStream.range(0, partitions).anyMatch(partition -> offsets[partition] < before[partition])) {
            // The group went back: assignments that count as outstanding again must be read from the topic.
            unsettle(shards.values());
        }
        for (ShardOutstanding shard : shards.values()) {
            for (int partition = 0; partition < partitions; partition++) {
                shard.partition(partition).committed(offsets[partition]);
            }
        }
        if (moved) {
            takings.incrementAndGet();
        }
        refreshed();
    }

    /** A number that grows when the group has taken assignments, after they are counted no more. */
    long takings() {
        return takings.get();
    }

    @Override
    public long[] taken() {
        return taken;
    }

    /** Stores the group's offsets as of the latest refresh, -1 where it has none. */
    void taken(long[] offsets) {
        taken = offsets;
    }

    @Override
    public Uuid topic() {
        return topic;
    }

    /** Sets the id of the dispatch topic; called before the window is used. */
    public DispatchWindow of(Uuid dispatchTopic) {
        topic = dispatchTopic;
        return this;
    }

    @Override
    public void floor(StoredFloor stored) {
        floor = stored;
    }

    /** Null if shard 0 is elsewhere. */
    StoredFloor floor() {
        return floor;
    }

    /** All counts are up to date as of now. */
    void refreshed() {
        long now = outstanding();
        if (now != lastOutstanding) {
            takings.incrementAndGet();
            lastOutstanding = now;
            pacer.active();
        }
        refreshedAt = nanoTime.getAsLong();
        everRefreshed = true;
    }

    /**
     * Returns and clears the shards whose counts must be read from the topic, because they were opened or are in doubt.
     */
    List<ShardOutstanding> takeUnsettled() {
        synchronized (unsettled) {
            List<ShardOutstanding> taken = new ArrayList<>(unsettled);
            unsettled.clear();
            return taken;
        }
    }

    /** Returns whether there is something of which the next refresh may tell: outstanding assignments, or counts in doubt. */
    public boolean isBusy() {
        synchronized (unsettled) {
            return !unsettled.isEmpty() || outstanding() > 0;
        }
    }

    void unsettle(Iterable<ShardOutstanding> again) {
        synchronized (unsettled) {
            for (ShardOutstanding shard : again) {
                if (shards.get(shard.shard()) == shard) {
                    unsettled.add(shard);
                }
            }
        }
    }
}
