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
 * Counts what is dispatched and not yet taken by the execution managers (S12), per shard that this instance
 * owns. Outstanding are the assignments at or after the offset that their group has committed: counted one by one, so
 * that transaction markers, which take offsets too, do not matter.
 *
 * <p>A stream thread opens its shards; its producer places assignments and reports what was acknowledged; a {@link OutstandingSource} reports what was committed. Safe for use by all of them at once.
 */
public final class DispatchWindow implements Window {
    /** Without news of the group for this long, nothing is dispatched. */
    static final long VIEW_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int partitions;
    private final LongSupplier nanoTime;
    private final Map<Integer, ShardOutstanding> lanes = new ConcurrentHashMap<>();
    /** Lanes in whose count there may be assignments that were aborted, or from whose count some may be missing. */
    private final Set<ShardOutstanding> unsettled = new HashSet<>();

    /** What is out in each partition, of all of these lanes: kept, since each of them asks for it in each tick. */
    private final AtomicLong[] load;

    private final IdlePacer pacer;
    private final int owners;
    private volatile long[] committed;
    /** At the latest look; of the thread that looks. */
    private long lastSeenOut;

    private volatile boolean viewed;
    private volatile long[] taken;
    private volatile StoredFloor floor;
    private volatile Uuid topic = Uuid.ZERO_UUID;
    /** At first when this was made. */
    private volatile long viewedAt;

    /** Whoever looks at the group looks all the time. */
    public DispatchWindow(int partitions, LongSupplier nanoTime) {
        this(partitions, nanoTime, IdlePacer.restless());
    }

    /** Tells the pacer when something changes of what is out. */
    public DispatchWindow(int partitions, LongSupplier nanoTime, IdlePacer pacer) {
        this(partitions, 1, nanoTime, pacer);
    }

    private DispatchWindow(int partitions, int owners, LongSupplier nanoTime, IdlePacer pacer) {
        this.partitions = partitions;
        this.load = Stream.generate(AtomicLong::new).limit(partitions).toArray(AtomicLong[]::new);
        this.pacer = pacer;
        this.owners = owners;
        this.nanoTime = nanoTime;
        this.committed = new long[partitions];
        this.viewedAt = nanoTime.getAsLong();
    }

    /**
     * Where each shard has dispatch partitions to itself, so that a number for a dispatch partition is a number
     * for a lane.
     *
     * @param lanes at most as many as there are dispatch partitions
     */
    public static DispatchWindow divided(int partitions, int lanes, LongSupplier nanoTime, IdlePacer pacer) {
        return new DispatchWindow(partitions, lanes, nanoTime, pacer);
    }

    public int partitions() {
        return partitions;
    }

    /** Where assignments of this lane may go. */
    int[] partitionsOf(int lane) {
        return IntStream.range(0, partitions)
                .filter(partition -> partition % owners == lane % owners)
                .toArray();
    }

    List<ShardOutstanding> lanes() {
        return List.copyOf(lanes.values());
    }

    /** Assignments out of the shards of this instance. */
    public long outstanding() {
        return Arrays.stream(load).mapToLong(AtomicLong::get).sum();
    }

    /** The same, in one dispatch partition. */
    AtomicLong load(int partition) {
        return load[partition];
    }

    /** The same, for each dispatch partition. */
    public long[] outstandingByPartition() {
        return Arrays.stream(load).mapToLong(AtomicLong::get).toArray();
    }

    /** The shards of this instance. */
    public SortedSet<Integer> openLanes() {
        return new TreeSet<>(lanes.keySet());
    }

    /** How long ago it was known what is out; before it ever was, how long that takes. */
    public Duration viewAge() {
        return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - viewedAt));
    }

    /** Whether the view of the group is so fresh that there may be dispatched. */
    public boolean isFresh() {
        return viewed && nanoTime.getAsLong() - viewedAt <= VIEW_LIMIT_NANOS;
    }

    @Override
    public ShardWindow open(int lane) {
        ShardOutstanding view = new ShardOutstanding(this, lane);
        long[] offsets = committed;
        for (int partition = 0; partition < partitions; partition++) {
            view.partition(partition).committed(offsets[partition]);
        }
        ShardOutstanding before = lanes.put(lane, view);
        if (before != null) {
            before.forget();
        }
        synchronized (unsettled) {
            unsettled.add(view);
        }
        pacer.active();
        return view;
    }

    void close(ShardOutstanding view) {
        lanes.remove(view.lane(), view);
        synchronized (unsettled) {
            unsettled.remove(view);
        }
        view.forget();
        pacer.active();
    }

    /** The group will next read these offsets, one for each partition, 0 where it has committed none. */
    void committed(long[] offsets) {
        long[] before = committed;
        committed = offsets;
        if (!Arrays.equals(before, offsets)) {
            pacer.active();
        }
        if (IntStream.range(0, partitions).anyMatch(partition -> offsets[partition] < before[partition])) {
            // It went back, so what is out again must be looked up.
            unsettle(lanes.values());
        }
        for (ShardOutstanding lane : lanes.values()) {
            for (int partition = 0; partition < partitions; partition++) {
                lane.partition(partition).committed(offsets[partition]);
            }
        }
        looked();
    }

    @Override
    public long[] taken() {
        return taken;
    }

    /** As it was at the latest look. */
    void taken(long[] offsets) {
        taken = offsets;
    }

    @Override
    public Uuid topic() {
        return topic;
    }

    /** To be called before it is used, where the dispatch partitions are of a real topic. */
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

    /** What is out is known as of now. */
    void looked() {
        long out = outstanding();
        if (out != lastSeenOut) {
            lastSeenOut = out;
            pacer.active();
        }
        viewedAt = nanoTime.getAsLong();
        viewed = true;
    }

    /** Takes what was opened, or fell into doubt, since the last call; who takes it looks it up. */
    List<ShardOutstanding> takeUnsettled() {
        synchronized (unsettled) {
            List<ShardOutstanding> taken = new ArrayList<>(unsettled);
            unsettled.clear();
            return taken;
        }
    }

    void unsettle(Iterable<ShardOutstanding> again) {
        synchronized (unsettled) {
            for (ShardOutstanding view : again) {
                if (lanes.get(view.lane()) == view) {
                    unsettled.add(view);
                }
            }
        }
    }
}
