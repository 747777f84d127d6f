package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Limits that change at random, and the units that tasks hold by them. */
final class LimitModel {
    static final List<Map<String, Long>> NEEDS = List.of(
            Map.of(), Map.of(), Map.of("a", 1L), Map.of("a", 3L), Map.of("a", 1L, "b", 2L), Map.of("b", 1L, "c", 1L));

    private static final List<String> KEYS = List.of(
            LimitKeys.named("a"),
            LimitKeys.named("b"),
            LimitKeys.named("c"),
            LimitKeys.ALL,
            LimitKeys.JOB,
            LimitKeys.ofGroup(0),
            LimitKeys.ofGroup(1),
            LimitKeys.ofPool("p"),
            LimitKeys.ofPool("q"));

    private final Map<Long, Map<String, Long>> held = new HashMap<>();
    private Map<String, Long> capacities = Map.of();

    Map<String, Long> capacities() {
        return capacities;
    }

    void change(Random random) {
        Map<String, Long> changed = new TreeMap<>(capacities);
        String key = KEYS.get(random.nextInt(KEYS.size()));
        if (random.nextInt(3) == 0) {
            changed.remove(key);
        } else {
            // A pool of 0 is paused.
            long few = (LimitKeys.isOfPool(key) ? 0L : 1L) + random.nextInt(6);
            changed.put(key, random.nextInt(3) == 0 ? 20L + random.nextInt(80) : few);
        }
        capacities = Map.copyOf(changed);
    }

    /** The pool of a stage, of limits and pools that are tried: mostly the default one. */
    static String pool(Random random) {
        return List.of("", "", "", "p", "q").get(random.nextInt(5));
    }

    /** Sets named limits with which all that waits can run. */
    void suffice() {
        Map<String, Long> enough = new TreeMap<>(capacities);
        NEEDS.forEach(needs -> needs.forEach((name, units) -> enough.merge(LimitKeys.named(name), units, Math::max)));
        List.of("p", "q").forEach(pool -> enough.merge(LimitKeys.ofPool(pool), 1L, Math::max));
        capacities = Map.copyOf(enough);
    }

    void beginSession() {
        held.clear();
    }

    /** A task is dispatched: with it, no limit that counts it is exceeded. */
    void begin(DispatchedTask made) {
        if (made.kind() != TaskKind.TASK) {
            return;
        }
        GraphStage stage = made.stage();
        Map<String, Long> needs = stage == null ? Map.of() : stage.holds();
        boolean isLimited = !needs.isEmpty()
                || capacities.containsKey(LimitKeys.ALL)
                || capacities.containsKey(LimitKeys.JOB)
                || capacities.containsKey(LimitKeys.ofGroup(made.group()));
        if (!isLimited) {
            return;
        }
        Map<String, Long> units = new HashMap<>();
        needs.forEach((name, count) -> units.put(LimitKeys.held(name), count));
        units.put(LimitKeys.ALL, 1L);
        units.put(LimitKeys.ofGroup(made.group()), 1L);
        units.put(LimitKeys.JOB + made.job(), 1L);
        held.put(made.id(), units);
        units.forEach((key, count) -> {
            boolean isNamed = needs.keySet().stream()
                    .anyMatch(name -> LimitKeys.held(name).equals(key));
            Long capacity = capacities.get(key.startsWith(LimitKeys.JOB) ? LimitKeys.JOB : key);
            if (capacity != null || isNamed) {
                assertThat(used(key)).as("units of %s", key).isLessThanOrEqualTo(capacity == null ? 0 : capacity);
            }
        });
    }

    private long used(String key) {
        return held.values().stream()
                .mapToLong(units -> units.getOrDefault(key, 0L))
                .sum();
    }

    void end(DispatchedTask made) {
        held.remove(made.id());
    }
}
