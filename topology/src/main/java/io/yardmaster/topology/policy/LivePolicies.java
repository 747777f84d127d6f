package io.yardmaster.topology.policy;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy as one instance has read it. A record is decoded once, when the first reader wants to know it. An entry that
 * this version does not understand is ignored, and told once. Safe for use by all threads.
 */
public final class LivePolicies {
    /** The most entries that are read; the command line writes no more. */
    public static final int MOST_ENTRIES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(LivePolicies.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** An entry, unless it cannot be read, and the problems with it. */
    private record Read(Optional<PolicyRow> row, List<String> problems) {}

    private final Function<byte[], PolicyEntry> decoder;
    private final Fairness fairness;
    private final PoolWindows windows;
    private final int shards;
    private final LongSupplier nanoTime;

    /** By key: the latest records that are not decoded yet. */
    private final SortedMap<String, byte[]> unread = new TreeMap<>();

    private final SortedMap<String, Read> entries = new TreeMap<>();
    private final Set<String> beyond = new HashSet<>();
    private volatile boolean stale;
    private volatile PolicySnapshot current = PolicySnapshot.NONE;
    private boolean begun;
    private boolean failed;
    private long failedAt;

    /**
     * Starts without entries.
     *
     * @param decoder throws {@link SerializationException} for what it cannot read
     * @param window the dispatch window
     * @param shards of the deployment, which divide limits
     */
    LivePolicies(
            Function<byte[], PolicyEntry> decoder, Fairness fairness, long window, int shards, LongSupplier nanoTime) {
        this.decoder = decoder;
        this.fairness = fairness;
        this.windows = PoolWindows.of(window);
        this.shards = shards;
        this.nanoTime = nanoTime;
    }

    /** The policy of an instance with these settings, in a deployment of so many shards. */
    public static LivePolicies of(SchedulerConfig config, int shards) {
        String topic = config.topics().of(Topic.POLICY);
        var deserializer = ValueSerdes.of(Topic.POLICY, config.serde()).deserializer();
        return new LivePolicies(
                record -> deserializer.deserialize(topic, record),
                config.policy().fairness(),
                config.dispatchCapacity().least(),
                shards,
                System::nanoTime);
    }

    /** Takes a record of the policy topic; its value is null if the entry is withdrawn. */
    public synchronized void received(byte[] key, byte[] value) {
        String name = new String(key, StandardCharsets.UTF_8);
        boolean known = entries.containsKey(name) || unread.containsKey(name);
        if (value == null) {
            unread.remove(name);
            entries.remove(name);
            beyond.remove(name);
        } else if (known || entries.size() + unread.size() < MOST_ENTRIES) {
            unread.put(name, value);
        } else if (beyond.size() < MOST_ENTRIES) {
            beyond.add(name);
        }
        stale = true;
    }

    /** The policy that is in force now. */
    public PolicySnapshot current() {
        if (stale) {
            refresh();
        }
        return current;
    }

    private synchronized void refresh() {
        if (!stale || (failed && nanoTime.getAsLong() - failedAt < RETRY_NANOS)) {
            return;
        }
        failed = !readAll();
        if (failed) {
            failedAt = nanoTime.getAsLong();
            return;
        }
        stale = false;
        PolicySnapshot before = current;
        current = snapshot();
        if (begun) {
            logChanges(before, current);
        } else if (!current.rows().isEmpty()) {
            LOG.info("the policy has {} entries", current.rows().size());
        }
        begun = true;
        current.problems().stream()
                .filter(problem -> !before.problems().contains(problem))
                .forEach(problem -> LOG.warn("policy: {}", problem));
    }

    /** Returns false if the registry is away; then the policy that is in force remains. */
    private boolean readAll() {
        while (!unread.isEmpty()) {
            String name = unread.firstKey();
            try {
                entries.put(name, read(name, unread.get(name)));
            } catch (RegistryUnavailableException e) {
                LOG.warn("the policy's entry {} cannot be read yet: {}", name, e.getMessage());
                return false;
            }
            unread.remove(name);
        }
        return true;
    }

    private Read read(String name, byte[] record) {
        List<String> problems = new ArrayList<>();
        try {
            PolicyKey key = PolicyKey.parse(name);
            return new Read(Optional.of(PolicyRecords.read(key, decoder.apply(record), problems::add)), problems);
        } catch (InvalidPolicyException e) {
            problems.add(e.getMessage() + "; the entry is ignored");
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            problems.add(name + ": cannot be read and is ignored: " + e.getMessage());
        }
        return new Read(Optional.empty(), problems);
    }

    private PolicySnapshot snapshot() {
        List<String> problems = new ArrayList<>();
        entries.values().forEach(entry -> problems.addAll(entry.problems()));
        if (!beyond.isEmpty()) {
            problems.add("there are more than " + MOST_ENTRIES + " entries; "
                    + beyond.iterator().next() + ", say, is ignored");
        }
        List<PolicyRow> rows =
                entries.values().stream().flatMap(entry -> entry.row().stream()).toList();
        PolicySnapshot read = PolicySnapshot.of(rows, problems, windows, shards);
        if (!fairness.isByWeight() && !read.live().groupWeights().isEmpty()) {
            problems.add("resource groups have weights, which fairness=" + Labels.of(fairness) + " ignores: fairness="
                    + Labels.of(Fairness.WEIGHTED) + " obeys them");
            return PolicySnapshot.of(rows, problems, windows, shards);
        }
        return read;
    }

    private static void logChanges(PolicySnapshot before, PolicySnapshot now) {
        Set<PolicyRow> old = new HashSet<>(before.rows());
        now.rows().stream()
                .filter(row -> !old.contains(row))
                .forEach(row ->
                        LOG.info("policy: {} {} by {}: {}", row.key(), row.fieldsText(), row.by(), row.reason()));
        Set<PolicyKey> left = now.rows().stream().map(PolicyRow::key).collect(Collectors.toSet());
        before.rows().stream()
                .map(PolicyRow::key)
                .filter(key -> !left.contains(key))
                .forEach(key -> LOG.info("policy: {} was withdrawn", key));
    }
}
