package io.yardmaster.topology.pools;

import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.DispatchWindow;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the topics and windows of the pools that the policy has, on a thread of its own. Questions may come from any thread. */
public final class PoolKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolKeeper.class);
    private static final Duration BUSY_INTERVAL = Duration.ofMillis(10);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final long CHECK_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
    /** The pools that are not in the policy, and are looked for because they may have outstanding assignments. */
    private static final int MOST_ASKED = 256;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Set<String>> policy;
    private final Predicate<String> placed;
    private final PoolTopics topics;
    private final BiFunction<String, PoolTopics.Found, KeptPool> maker;
    private final IdlePacer pacer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final Map<String, KeptPool> pools = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    /** By pool, the problem that keeps it from being used. */
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();
    /** Offsets that were given back to groups of pools that are not kept any more. */
    private final AtomicLong restoredBefore = new AtomicLong();

    private Set<String> checked = Set.of();
    private long checkedAt;

    /**
     * Prepares.
     *
     * @param policy the pools that the policy has now
     * @param placed whether the tasks of a pool are placed on hosts, as the policy says now
     * @param maker makes the window of a pool and its source
     */
    public PoolKeeper(
            Supplier<Set<String>> policy,
            Predicate<String> placed,
            PoolTopics topics,
            BiFunction<String, PoolTopics.Found, KeptPool> maker,
            IdlePacer pacer) {
        this.policy = policy;
        this.placed = placed;
        this.topics = topics;
        this.maker = maker;
        this.pacer = pacer;
        this.thread = new Thread(this::run, "yardmaster-pools");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The window of a pool; null while its topic is not known. */
    public DispatchWindow window(String pool) {
        KeptPool kept = pools.get(pool);
        return kept == null ? null : kept.window();
    }

    /** The number of partitions of the topic of a pool; 0 while it is not known. */
    public int partitions(String pool) {
        KeptPool kept = pools.get(pool);
        return kept == null ? 0 : kept.window().partitions();
    }

    /** Looks for a pool that is not in the policy, until it has no outstanding assignment. */
    public void seek(String pool) {
        if (asked.size() < MOST_ASKED) {
            asked.add(pool);
        }
    }

    /** A number that grows when the window of a pool comes or goes. */
    public long changes() {
        return changes.get();
    }

    /** Number of partitions of pools' topics whose offset the pool's group has lost and cannot be given back while it has members. */
    public int lostOffsets() {
        return pools.values().stream().mapToInt(KeptPool::lostOffsets).sum();
    }

    /** Number of offsets that groups of pools had lost and were given back. */
    public long restoredOffsets() {
        return restoredBefore.get()
                + pools.values().stream().mapToLong(KeptPool::restoredOffsets).sum();
    }

    /** By pool, the problem that keeps a pool of the policy from being used. */
    public Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    private void run() {
        try {
            boolean busy = true;
            while (!closing.await((busy ? BUSY_INTERVAL : INTERVAL).toMillis(), TimeUnit.MILLISECONDS)) {
                long seen = pacer.wakes();
                busy = round();
                if (!busy) {
                    pacer.rest(seen);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            if (closing.getCount() > 0) {
                LOG.error("interrupted while keeping the pools: nothing is dispatched to new ones any more");
            }
        } finally {
            pools.values().forEach(KeptPool::close);
        }
    }

    /** Returns whether a pool is to be looked at again soon. */
    private boolean round() throws InterruptedException {
        Set<String> inPolicy = policy.get();
        Set<String> wanted = new TreeSet<>(inPolicy);
        wanted.addAll(asked);
        long now = System.nanoTime();
        long age = now - checkedAt;
        boolean lacking = !pools.keySet().containsAll(wanted);
        if (!wanted.equals(checked) || age >= CHECK_NANOS || (lacking && age >= RETRY_NANOS)) {
            checked = wanted;
            checkedAt = now;
            check(inPolicy, wanted);
        }
        boolean busy = false;
        for (Map.Entry<String, KeptPool> pool : pools.entrySet()) {
            if (pool.getValue().isDue(now)) {
                pool.getValue().refresh(pool.getKey(), System.nanoTime());
            }
            busy |= pool.getValue().window().isBusy();
        }
        return busy;
    }

    private void check(Set<String> inPolicy, Set<String> wanted) throws InterruptedException {
        forget(inPolicy, wanted);
        if (wanted.isEmpty()) {
            return;
        }
        try {
            Map<String, PoolTopics.Found> found = topics.find(wanted);
            for (String pool : wanted) {
                follow(pool, found.get(pool), inPolicy.contains(pool));
            }
        } catch (ExecutionException e) {
            failed(inPolicy, e.getCause().getMessage());
        } catch (InterruptException e) {
            throw e;
        } catch (TimeoutException | RuntimeException | Error e) {
            failed(inPolicy, e.toString());
        }
    }

    /** Forgets pools that are not in the policy any more, and that have no outstanding assignment. */
    private void forget(Set<String> inPolicy, Set<String> wanted) {
        problems.keySet().retainAll(inPolicy);
        for (String pool : Set.copyOf(pools.keySet())) {
            if (!inPolicy.contains(pool) && !pools.get(pool).window().isBusy()) {
                drop(pool);
                asked.remove(pool);
                wanted.remove(pool);
            } else if (inPolicy.contains(pool)) {
                asked.remove(pool);
            } else {
                asked.add(pool);
            }
        }
    }

    private void failed(Set<String> inPolicy, String why) {
        Set<String> without = new HashSet<>(inPolicy);
        without.removeAll(pools.keySet());
        without.forEach(pool -> problem(pool, "its topic cannot be looked up: " + why));
    }

    private void problem(String pool, String problem) {
        if (!problem.equals(problems.put(pool, problem))) {
            LOG.warn("pool {} cannot be used: {}", pool, problem);
        }
    }

    private void follow(String pool, PoolTopics.Found topic, boolean isInPolicy) throws InterruptedException {
        KeptPool kept = pools.get(pool);
        if (kept != null
                && (topic == null
                        || !kept.window().topic().equals(topic.id())
                        // A host may read one that was added. In a group, added ones get nothing before the next start,
                        // as is told below.
                        || (kept.isPlaced() && kept.window().partitions() != topic.partitions())
                        || (isInPolicy && kept.isPlaced() != placed.test(pool)))) {
            drop(pool);
            kept = null;
        }
        if (topic == null && isInPolicy) {
            create(pool);
        } else if (topic != null && kept == null) {
            begin(pool, topic);
        } else if (topic != null && kept.tells(topic.partitions())) {
            LOG.warn(
                    "topic {} has {} partition(s) now, and had {} when this instance began with it: nothing is dispatched to"
                            + " those that were added before the next start of each instance",
                    topics.name(pool),
                    topic.partitions(),
                    kept.window().partitions());
        }
    }

    /** Somebody else may have made the topic. */
    private void tellLosses(String pool) throws InterruptedException {
        try {
            topics.loss(pool).ifPresent(LOG::warn);
        } catch (ExecutionException e) {
            LOG.info(
                    "the settings of the topic of pool {} cannot be looked up: {}",
                    pool,
                    e.getCause().getMessage());
        } catch (TimeoutException e) {
            LOG.info("the settings of the topic of pool {} cannot be looked up: {}", pool, e.toString());
        }
    }

    private void begin(String pool, PoolTopics.Found topic) throws InterruptedException {
        try {
            pools.put(pool, maker.apply(pool, topic));
            problems.remove(pool);
            LOG.info("pool {} can be used; its topic has {} partition(s)", pool, topic.partitions());
            changes.incrementAndGet();
            pacer.active();
            tellLosses(pool);
        } catch (RuntimeException e) {
            problem(pool, e.getMessage());
        }
    }

    private void create(String pool) throws InterruptedException {
        String why;
        try {
            topics.create(pool);
            LOG.info("made the topic of pool {}", pool);
            // It is looked up again soon.
            return;
        } catch (ExecutionException e) {
            why = e.getCause().getMessage();
        } catch (InterruptException e) {
            throw e;
        } catch (TimeoutException | RuntimeException e) {
            why = e.toString();
        }
        problem(pool, "its topic is missing and cannot be made ('yardmaster topics create' makes it): " + why);
    }

    private void drop(String pool) {
        KeptPool kept = pools.remove(pool);
        restoredBefore.addAndGet(kept.restoredOffsets());
        changes.incrementAndGet();
        pacer.active();
        kept.close();
    }

    @Override
    public void close() {
        closing.countDown();
        pacer.wake();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
