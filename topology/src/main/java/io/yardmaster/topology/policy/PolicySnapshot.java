package io.yardmaster.topology.policy;

import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.topology.shares.SharedBudget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole policy at one time.
 *
 * @param live what decisions read of it
 * @param rows its entries, in the order of their keys
 * @param problems a sentence for each part of the topic that is ignored
 * @param placed the pools whose tasks are placed on hosts
 * @param preemption which tasks on hosts may lose their places to others
 * @param strategies by pool that has chosen one
 */
public record PolicySnapshot(
        LivePolicy live,
        List<PolicyRow> rows,
        List<String> problems,
        Set<String> placed,
        PreemptionPolicy preemption,
        Map<String, PlacementStrategy> strategies) {
    /** The most entries that limit something: shards tell each other of all that are in use, so many shards may have fewer. */
    public static final int MOST_LIMITS = 1_000;

    /** The most pools: each has a topic and a group. */
    public static final int MOST_POOLS = 64;

    /** Without entries. */
    public static final PolicySnapshot NONE = new PolicySnapshot(LivePolicy.NONE, List.of(), List.of());

    /** The policy with these entries. */
    public PolicySnapshot(LivePolicy live, List<PolicyRow> rows, List<String> problems) {
        this(
                live,
                rows,
                problems,
                rows.stream()
                        .filter(PolicyRow::placesOnHosts)
                        .map(row -> row.key().id())
                        .filter(pool -> live.limits().containsKey(LimitKeys.ofPool(pool)))
                        .collect(Collectors.toUnmodifiableSet()),
                PreemptionPolicy.of(rows),
                strategies(fields(rows)));
    }

    private static SortedMap<PolicyKey, SortedMap<String, Object>> fields(Collection<PolicyRow> rows) {
        SortedMap<PolicyKey, SortedMap<String, Object>> entries = new TreeMap<>();
        rows.forEach(row -> entries.put(row.key(), row.fields()));
        return entries;
    }

    /** The choices among hosts that these entries make, by pool; a pool that is not named has made none. */
    public static Map<String, PlacementStrategy> strategies(SortedMap<PolicyKey, SortedMap<String, Object>> entries) {
        return PoolStrategies.of(entries);
    }

    /** The pools that place their tasks on hosts by these entries. */
    public static Set<String> placed(SortedMap<PolicyKey, SortedMap<String, Object>> entries) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == PolicyKind.POOL && PolicyRow.placesOnHosts(entry.getValue()))
                .map(entry -> entry.getKey().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The part of these entries that lets tasks lose their hosts to others. */
    public static PreemptionPolicy preemption(SortedMap<PolicyKey, SortedMap<String, Object>> entries) {
        return PreemptionPolicy.of(entries.entrySet().stream()
                .map(entry -> new PolicyRow(entry.getKey(), entry.getValue(), "", "", 0))
                .toList());
    }

    /**
     * The policy with these entries.
     *
     * @param windows of the pools that have no others
     * @param shards that divide its limits
     */
    static PolicySnapshot of(Collection<PolicyRow> rows, List<String> problems, PoolWindows windows, int shards) {
        List<PolicyRow> sorted =
                rows.stream().sorted(Comparator.comparing(PolicyRow::key)).toList();
        List<String> all = new ArrayList<>(problems);
        long limits = 0;
        long pools = 0;
        int mostLimits = mostLimits(pools(rows.stream().map(PolicyRow::key)), shards);
        for (PolicyRow row : sorted) {
            if (row.capacity().isPresent() && ++limits > mostLimits) {
                all.add(row.key() + ": more than " + mostLimits + " entries limit something"
                        + (mostLimits < MOST_LIMITS ? ", of which " + shards + " shards divide no more" : "")
                        + "; its limit is ignored");
            }
            if (row.key().kind() == PolicyKind.POOL && ++pools > MOST_POOLS) {
                all.add(row.key() + ": there are more than " + MOST_POOLS + " pools; it is ignored");
            }
        }
        return new PolicySnapshot(live(fields(sorted), windows, mostLimits, all::add), sorted, List.copyOf(all));
    }

    private static long pools(Stream<PolicyKey> keys) {
        return keys.filter(key -> key.kind() == PolicyKind.POOL).count();
    }

    /** The number of entries that may limit something beside these pools, each of which has a limit, too. */
    private static int mostLimits(long pools, int shards) {
        long left = SharedBudget.mostLimits(shards) - Math.min(pools, MOST_POOLS);
        return (int) Math.max(0, Math.min(MOST_LIMITS, left));
    }

    /** The pools that decisions know. */
    public Set<String> pools() {
        return live.limits().keySet().stream()
                .filter(LimitKeys::isOfPool)
                .map(LimitKeys::pool)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The entry of a pool; empty if there is none. */
    public Optional<PolicyRow> pool(String pool) {
        return rows.stream()
                .filter(row ->
                        row.key().kind() == PolicyKind.POOL && row.key().id().equals(pool))
                .findFirst();
    }

    /**
     * A sentence about entries that are more than there may be; empty if they are not.
     *
     * @param shards that divide limits; 1 if their number is not known
     */
    public static Optional<String> tooMany(Map<PolicyKey, ? extends Map<String, Object>> entries, int shards) {
        long limits = entries.entrySet().stream()
                .filter(entry -> entry.getKey().kind() != PolicyKind.POOL)
                .filter(entry -> entry.getValue().containsKey(PolicyRow.limitingField(entry.getKey())))
                .count();
        long pools = pools(entries.keySet().stream());
        if (pools > MOST_POOLS) {
            return Optional.of("has " + pools + " pools, may have " + MOST_POOLS);
        }
        int most = mostLimits(pools, shards);
        return limits <= most
                ? Optional.empty()
                : Optional.of("limits something in " + limits + " entries, may in " + most
                        + (most < MOST_LIMITS ? " with " + shards + " shards and as many pools" : ""));
    }

    private static String limitKey(PolicyKey key) {
        return switch (key.kind()) {
            case GROUP -> LimitKeys.ofGroup(Long.parseLong(key.id()));
            case LIMIT -> LimitKeys.named(key.id());
            case TASKS -> key.id();
            case POOL -> LimitKeys.ofPool(key.id());
            case DEFAULT, RETRY -> throw new IllegalArgumentException(key + " limits nothing");
        };
    }

    /**
     * The part of these entries that decisions read, for pools whose windows have no end unless they are set or place tasks on hosts.
     *
     * @param problems takes a sentence for each field that is ignored, or counts for less, beside others
     */
    public static LivePolicy live(SortedMap<PolicyKey, SortedMap<String, Object>> entries, Consumer<String> problems) {
        return live(entries, PoolWindows.WITHOUT_END, MOST_LIMITS, problems);
    }

    /** The same with other windows; of limits the first {@code mostLimits}. */
    private static LivePolicy live(
            SortedMap<PolicyKey, SortedMap<String, Object>> entries,
            PoolWindows windows,
            int mostLimits,
            Consumer<String> problems) {
        Map<Long, Double> weights = new TreeMap<>();
        Map<String, Long> limits = new TreeMap<>();
        Map<String, Long> pools = new TreeMap<>();
        entries.forEach((key, fields) -> {
            if (key.kind() == PolicyKind.GROUP && fields.get(PolicyKind.WEIGHT) instanceof Double weight) {
                weights.put(Long.parseLong(key.id()), weight);
            }
            if (key.kind() == PolicyKind.POOL) {
                if (pools.size() < MOST_POOLS) {
                    pools.put(limitKey(key), PolicyRow.capacityOfPool(fields, windows));
                }
            } else if (fields.get(PolicyRow.limitingField(key)) instanceof Long units && limits.size() < mostLimits) {
                limits.put(limitKey(key), units);
            }
        });
        limits.putAll(pools);
        return PolicyOfOrder.add(new LivePolicy(weights, limits), entries, problems);
    }
}
