package io.yardmaster.topology.window;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Bounds what is dispatched and not yet taken by the execution managers (S12). Outstanding are the assignments at or
 * after the offset that their group has committed: counted one by one, so that transaction markers, which take offsets
 * too, do not matter.
 *
 * <p>A stream thread claims room before it decides, sends, and releases the claim; producers report what they sent and
 * what was acknowledged; a {@link FleetView} reports what was committed. Safe for use by all of them at once.
 */
public final class DispatchWindow implements Window {
    /** Without news of the group for this long, nothing is dispatched. */
    static final long VIEW_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int capacity;
    private final PartitionView[] partitions;
    private final LongSupplier nanoTime;
    private final AtomicBoolean reconciliationWanted = new AtomicBoolean(true);

    private int claimants;
    private int claimed;
    private int nextPartition;
    private volatile boolean reconciledOnce;
    private volatile long viewedAt;

    public DispatchWindow(int capacity, int partitions, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(p -> new PartitionView())
                .toArray(PartitionView[]::new);
        this.nanoTime = nanoTime;
    }

    public int capacity() {
        return capacity;
    }

    public int partitions() {
        return partitions.length;
    }

    /** Assignments out, over all partitions. */
    public long outstanding() {
        long sum = 0;
        for (PartitionView partition : partitions) {
            sum += partition.outstanding();
        }
        return sum;
    }

    /** Whether the view of the group is so fresh that there may be dispatched. */
    public boolean isFresh() {
        return reconciledOnce && nanoTime.getAsLong() - viewedAt <= VIEW_LIMIT_NANOS;
    }

    @Override
    public synchronized void join() {
        claimants++;
        reconciliationWanted.set(true);
    }

    @Override
    public synchronized void leave() {
        claimants--;
    }

    @Override
    public synchronized int claim() {
        if (!isFresh()) {
            return 0;
        }
        long room = capacity - claimed - outstanding();
        if (room <= 0) {
            return 0;
        }
        int share = (int) Math.max(1, room / Math.max(1, claimants));
        claimed += share;
        return share;
    }

    @Override
    public synchronized void release(int share) {
        claimed -= share;
    }

    /** The partition with the fewest outstanding, ties in turn, so that a slow reader holds up little. */
    public synchronized int place() {
        int best = nextPartition;
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < partitions.length && fewest > 0; i++) {
            int candidate = (nextPartition + i) % partitions.length;
            long outstanding = partitions[candidate].outstanding();
            if (outstanding < fewest) {
                fewest = outstanding;
                best = candidate;
            }
        }
        nextPartition = (best + 1) % partitions.length;
        return best;
    }

    void sent(int partition) {
        partitions[partition].sent();
    }

    void acknowledged(int partition, long offset) {
        partitions[partition].acknowledged(offset);
    }

    void failed(int partition) {
        partitions[partition].failed();
    }

    void committed(int partition, long offset) {
        if (!partitions[partition].committed(offset)) {
            reconciliationWanted.set(true);
        }
    }

    /** Whether something happened that may have left assignments in the count that were aborted, or out of it. */
    boolean takeReconciliation() {
        return reconciliationWanted.getAndSet(false);
    }

    void wantReconciliation() {
        reconciliationWanted.set(true);
    }

    void reconcile(int partition, long[] visible, long decided, long barrier) {
        partitions[partition].reconcile(visible, decided, barrier);
    }

    void viewed() {
        viewedAt = nanoTime.getAsLong();
        reconciledOnce = true;
    }
}
