package io.yardmaster.topology.shares;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
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
import java.util.stream.Stream;

/** Shards that share a window, the log of their published shares, and the fleet that takes their assignments. */
final class SimulatedFleet {
    private static final int TICK_MS = 5;
    private static final int COMMIT_MS = 20;
    private static final int REFRESH_MS = 10;
    private static final int LONGEST_DELAY_MS = 40;

    private record Pending(long at, LivePolicy live) {}

    private record Published(long at, Share share) {}

    private record Running(long until, DispatchedTask task) {}

    private final Capacity capacity;
    private final Random random;
    private final List<SimulatedShard> shards = new ArrayList<>();
    private final List<Published> log = new ArrayList<>();
    private final int[] receivedUntil;
    private final byte[][][] received;
    private final long[] downUntil;
    private final Map<SimulatedShard, Pending> pending = new HashMap<>();
    private final Deque<DispatchedTask> outstanding = new ArrayDeque<>();
    private final int[] dispatched;
    private final int[] taken;
    private final Map<Long, Integer> byJob = new HashMap<>();
    private final Map<Long, Integer> byGroup = new HashMap<>();
    /** Tasks of graphs that were taken, and end later. */
    private final List<Running> running = new ArrayList<>();

    private int longestTask;
    private int ended;
    /** By limit: the capacity that may not be exceeded. */
    private final Map<String, Long> limits = new HashMap<>();

    private double takesPerMs;
    private double credit;
    private double abortChance;
    private long now;

    SimulatedFleet(int shards, Capacity capacity, Policy policy, long seed) {
        this.capacity = capacity;
        this.random = new Random(seed);
        this.receivedUntil = new int[shards];
        this.received = new byte[shards][shards][];
        this.downUntil = new long[shards];
        this.dispatched = new int[shards];
        this.taken = new int[shards];
        for (int shard = 0; shard < shards; shard++) {
            this.shards.add(new SimulatedShard(shard, policy, this));
        }
    }

    SimulatedFleet takes(double perSecond) {
        takesPerMs = perSecond / 1_000;
        return this;
    }

    /** Tasks of graphs run for so many ms at most, and their ends are told. */
    SimulatedFleet runsTasksFor(int mostMs) {
        longestTask = mostMs;
        return this;
    }

    /** All shards know these limits at once, and the fleet checks that they are kept. */
    SimulatedFleet limit(Map<String, Long> capacities) {
        limits.putAll(capacities);
        shards.forEach(shard -> shard.follow(new LivePolicy(Map.of(), capacities)));
        return this;
    }

    /** The capacity from which nothing was above so far, after a change. */
    SimulatedFleet lower(Map<String, Long> capacities) {
        limits.clear();
        shards.forEach(shard -> shard.follow(new LivePolicy(Map.of(), capacities)));
        return this;
    }

    SimulatedFleet aborts(double chance) {
        abortChance = chance;
        return this;
    }

    /** A change that each shard reads some time later. */
    SimulatedFleet follow(LivePolicy live) {
        shards.forEach(shard -> pending.put(shard, new Pending(now + random.nextInt(400), live)));
        return this;
    }

    SimulatedShard shard(int shard) {
        return shards.get(shard);
    }

    int shards() {
        return dispatched.length;
    }

    Capacity capacity() {
        return capacity;
    }

    /** Kills the shard's owner; another one takes over after {@code forMs}. */
    void kill(int shard, long forMs) {
        downUntil[shard] = now + forMs;
    }

    void run(long ms) {
        for (long end = now + ms; now < end; now++) {
            receive();
            for (int shard = 0; shard < shards.size(); shard++) {
                step(shard, shards.get(shard));
            }
            take();
            end();
            check();
        }
    }

    private void step(int number, SimulatedShard shard) {
        if (now < downUntil[number]) {
            return;
        }
        if (now == downUntil[number] && now > 0) {
            // Another instance, which has not received the latest shares yet.
            Arrays.fill(received[number], null);
            receivedUntil[number] = 0;
            receive(number, now - random.nextInt(300));
            shard.open();
        }
        // Shards of several instances do not tick at the same moments.
        long time = now + 7L * number;
        if (time % REFRESH_MS == 0) {
            shard.refresh();
        }
        if (pending.containsKey(shard) && pending.get(shard).at() <= now) {
            shard.follow(pending.get(shard).live());
        }
        if (time % TICK_MS == 0) {
            shard.tick(now);
        }
        if (time % COMMIT_MS == 0) {
            if (random.nextDouble() < abortChance) {
                shard.open();
            } else {
                shard.commit();
            }
        }
    }

    private void receive() {
        for (int shard = 0; shard < receivedUntil.length; shard++) {
            receive(shard, now - 1 - random.nextInt(LONGEST_DELAY_MS));
        }
    }

    private void receive(int shard, long until) {
        while (receivedUntil[shard] < log.size()
                && log.get(receivedUntil[shard]).at() <= until) {
            int peer = log.get(receivedUntil[shard]).share().getPartition();
            received[shard][peer] =
                    ByteBuffer.allocate(4).putInt(receivedUntil[shard]++).array();
            shards.get(shard).receive(peer, received[shard][peer]);
        }
    }

    private void take() {
        credit = Math.min(credit + takesPerMs, Math.max(1, takesPerMs * 20));
        while (credit >= 1 && !outstanding.isEmpty()) {
            credit--;
            DispatchedTask next = outstanding.remove();
            taken[(int) (next.id() >>> 47)]++;
            byJob.merge(next.job(), 1, Integer::sum);
            byGroup.merge(next.group(), 1, Integer::sum);
            if (next.stage() != null) {
                running.add(new Running(now + 1 + random.nextInt(longestTask), next));
            }
        }
    }

    private void end() {
        running.removeIf(one -> {
            if (one.until() > now) {
                return false;
            }
            DispatchedTask task = one.task();
            shards.get((int) (task.id() >>> 47))
                    .ends(Event.AssignmentEnded.of(task, TaskEnd.SUCCEEDED, now, Event.AssignmentEnded.UNKNOWN));
            ended++;
            return true;
        });
    }

    /** Returns the units of a limit that dispatched tasks hold, whether they were taken or not. */
    long inUse(String name) {
        return Stream.of(
                        outstanding.stream(),
                        running.stream().map(Running::task),
                        shards.stream().flatMap(shard -> shard.made().stream()))
                .flatMap(tasks -> tasks)
                .filter(task -> task.stage() != null)
                .mapToLong(task -> task.stage().needs().getOrDefault(name, 0L))
                .sum();
    }

    /** Tasks of graphs that have ended. */
    int ended() {
        return ended;
    }

    private void check() {
        limits.forEach((key, capacity) -> {
            long inUse = inUse(key.substring("limit/".length()));
            if (inUse > capacity) {
                throw new AssertionError(inUse + " of " + key + " are in use at " + now + " ms, more than " + capacity);
            }
        });
        int count = outstanding.size()
                + shards.stream().mapToInt(SimulatedShard::uncommitted).sum();
        if (count > capacity.most()) {
            throw new AssertionError(count + " are outstanding at " + now + " ms, more than " + capacity.most());
        }
    }

    void published(Share share) {
        log.add(new Published(now, share));
    }

    /** The latest record of {@code peer} that {@code by} has received: its place in the log. */
    byte[] received(int by, int peer) {
        return received[by][peer];
    }

    Share share(byte[] bytes) {
        return log.get(ByteBuffer.wrap(bytes).getInt()).share();
    }

    void dispatched(int shard, List<DispatchedTask> assignments) {
        dispatched[shard] += assignments.size();
        outstanding.addAll(assignments);
    }

    int dispatched(int shard) {
        return dispatched[shard];
    }

    int taken(int shard) {
        return taken[shard];
    }

    int takenInAll() {
        return byJob.values().stream().mapToInt(Integer::intValue).sum();
    }

    int outstanding() {
        return outstanding.size();
    }

    /** Assignments taken since the last call. */
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
