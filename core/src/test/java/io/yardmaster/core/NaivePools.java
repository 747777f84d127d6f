package io.yardmaster.core;

import io.yardmaster.core.values.DispatchRate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pools and a limit as a few lines would have them: of the jobs whose next task has a place in the window of its pool, a token of its rate, and the units that it needs, the one
 * of the highest priority whose turn is next has a turn, with one task. Of each job the tasks of a pool go in order.
 */
final class NaivePools {
    /**
     * Tasks of a job that wait for a pool.
     *
     * @param units of the limit that each of them needs
     */
    private record Waiting(String job, int priority, String pool, long units, Deque<Integer> tasks) {}

    /** In the order of their turns. */
    private final List<Waiting> turns = new ArrayList<>();

    private final Map<String, Waiting> out = new HashMap<>();
    private final Map<String, NaiveRate> rates = new HashMap<>();

    void submit(String job, int priority, String pool, long units, int first, int count) {
        Deque<Integer> tasks = new ArrayDeque<>();
        for (int task = first; task < first + count; task++) {
            tasks.add(task);
        }
        turns.add(new Waiting(job, priority, pool, units, tasks));
    }

    void end(String text) {
        out.remove(text);
    }

    /** Lets time pass, and has these rates of pools from now on. */
    void pass(long millis, Map<String, DispatchRate> newRates) {
        rates.values().forEach(rate -> rate.pass(millis));
        newRates.keySet().forEach(pool -> rates.computeIfAbsent(pool, first -> new NaiveRate()));
        rates.forEach((pool, rate) -> rate.follow(newRates.get(pool)));
    }

    /** The tasks that go now, in order. */
    List<String> tick(Map<String, Integer> windows, long capacity) {
        List<String> made = new ArrayList<>();
        Optional<Waiting> next = next(windows, capacity);
        while (next.isPresent()) {
            Waiting one = next.get();
            String text = one.job() + "." + one.tasks().remove();
            made.add(text);
            out.put(text, one);
            if (rates.containsKey(one.pool())) {
                rates.get(one.pool()).take();
            }
            turns.remove(one);
            if (!one.tasks().isEmpty()) {
                turns.add(one);
            }
            next = next(windows, capacity);
        }
        return made;
    }

    private Optional<Waiting> next(Map<String, Integer> windows, long capacity) {
        long used = out.values().stream().mapToLong(Waiting::units).sum();
        return turns.stream()
                .filter(one -> used + one.units() <= Math.max(capacity, used))
                .filter(one ->
                        !rates.containsKey(one.pool()) || rates.get(one.pool()).hasToken())
                .filter(one -> outOf(one.pool()) < windows.getOrDefault(one.pool(), 0))
                .reduce((one, later) -> later.priority() > one.priority() ? later : one);
    }

    private long outOf(String pool) {
        return out.values().stream().filter(one -> one.pool().equals(pool)).count();
    }
}
