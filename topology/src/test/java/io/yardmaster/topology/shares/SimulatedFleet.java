package io.yardmaster.topology.shares;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Shards that share a window, the log of what they say, and the fleet that takes what they dispatch. */
final class SimulatedFleet {
    private static final int TICK_MS = 5;
    private static final int COMMIT_MS = 20;
    private static final int LOOK_MS = 10;
    private static final int LONGEST_DELAY_MS = 40;

    private record Said(long at, Share share) {}

    private final Capacity capacity;
    private final Random random;
    private final List<SimulatedShard> lanes = new ArrayList<>();
    private final List<Said> log = new ArrayList<>();
    private final int[] heardUntil;
    private final byte[][][] heard;
    private final long[] downUntil;
    private final Deque<DispatchedTask> out = new ArrayDeque<>();
    private final int[] dispatched;
    private final int[] taken;
    private final Map<Long, Integer> byJob = new HashMap<>();
    private final Map<Long, Integer> byGroup = new HashMap<>();
    private double takesPerMs;
    private double credit;
    private double abortChance;
    private long now;

    SimulatedFleet(int lanes, Capacity capacity, Policy policy, long seed) {
        this.capacity = capacity;
        this.random = new Random(seed);
        this.heardUntil = new int[lanes];
        this.heard = new byte[lanes][lanes][];
        this.downUntil = new long[lanes];
        this.dispatched = new int[lanes];
        this.taken = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            this.lanes.add(new SimulatedShard(lane, policy, this));
        }
    }

    SimulatedFleet takes(double perSecond) {
        takesPerMs = perSecond / 1_000;
        return this;
    }

    SimulatedFleet aborts(double chance) {
        abortChance = chance;
        return this;
    }

    SimulatedShard lane(int lane) {
        return lanes.get(lane);
    }

    int lanes() {
        return dispatched.length;
    }

    Capacity capacity() {
        return capacity;
    }

    /** The lane's owner dies; another one comes after so long. */
    void kill(int lane, long forMs) {
        downUntil[lane] = now + forMs;
    }

    void run(long ms) {
        for (long end = now + ms; now < end; now++) {
            hear();
            for (int lane = 0; lane < lanes.size(); lane++) {
                step(lane, lanes.get(lane));
            }
            take();
            check();
        }
    }

    private void step(int number, SimulatedShard lane) {
        if (now < downUntil[number]) {
            return;
        }
        if (now == downUntil[number] && now > 0) {
            // Another instance, which has not heard the latest yet.
            Arrays.fill(heard[number], null);
            heardUntil[number] = 0;
            hear(number, now - random.nextInt(300));
            lane.open();
        }
        // Lanes of several instances do not tick at the same moments.
        long time = now + 7L * number;
        if (time % LOOK_MS == 0) {
            lane.lookAtFleet();
        }
        if (time % TICK_MS == 0) {
            lane.tick(now);
        }
        if (time % COMMIT_MS == 0) {
            if (random.nextDouble() < abortChance) {
                lane.open();
            } else {
                lane.commit();
            }
        }
    }

    private void hear() {
        for (int lane = 0; lane < heardUntil.length; lane++) {
            hear(lane, now - 1 - random.nextInt(LONGEST_DELAY_MS));
        }
    }

    private void hear(int lane, long until) {
        while (heardUntil[lane] < log.size() && log.get(heardUntil[lane]).at() <= until) {
            int partition = log.get(heardUntil[lane]).share().getPartition();
            heard[lane][partition] =
                    ByteBuffer.allocate(4).putInt(heardUntil[lane]++).array();
            lanes.get(lane).hear(partition, heard[lane][partition]);
        }
    }

    private void take() {
        credit = Math.min(credit + takesPerMs, Math.max(1, takesPerMs * 20));
        while (credit >= 1 && !out.isEmpty()) {
            credit--;
            DispatchedTask next = out.remove();
            taken[(int) (next.id() >>> 47)]++;
            byJob.merge(next.job(), 1, Integer::sum);
            byGroup.merge(next.group(), 1, Integer::sum);
        }
    }

    private void check() {
        int count = out.size()
                + lanes.stream().mapToInt(SimulatedShard::uncommitted).sum();
        if (count > capacity.most()) {
            throw new AssertionError(count + " are out at " + now + " ms, more than " + capacity.most());
        }
    }

    void published(Share share) {
        log.add(new Said(now, share));
    }

    /** The latest record of a partition that has come through: its place in the log. */
    byte[] heard(int by, int partition) {
        return heard[by][partition];
    }

    Share share(byte[] bytes) {
        return log.get(ByteBuffer.wrap(bytes).getInt()).share();
    }

    void dispatched(int lane, List<DispatchedTask> assignments) {
        dispatched[lane] += assignments.size();
        out.addAll(assignments);
    }

    int dispatched(int lane) {
        return dispatched[lane];
    }

    int taken(int lane) {
        return taken[lane];
    }

    int takenInAll() {
        return byJob.values().stream().mapToInt(Integer::intValue).sum();
    }

    int out() {
        return out.size();
    }

    /** What was taken since the last call. */
    Map<Long, Integer> takeCountsByJob() {
        byGroup.clear();
        return drain(byJob);
    }

    Map<Long, Integer> takeCountsByGroup() {
        byJob.clear();
        return drain(byGroup);
    }

    private static Map<Long, Integer> drain(Map<Long, Integer> counts) {
        Map<Long, Integer> drained = new HashMap<>(counts);
        counts.clear();
        return drained;
    }
}
