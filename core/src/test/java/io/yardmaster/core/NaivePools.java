package io.yardmaster.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pools as a few lines would have them: in each, jobs of the highest priority take turns, each with one task, while fewer tasks are out than the window
 * has places. Of each job the tasks of a pool go in order.
 */
final class NaivePools {
    /** Tasks of a job that wait for a pool. */
    private record Waiting(String job, Deque<Integer> tasks) {}

    /** By pool and priority, highest first: the jobs in the order of their turns. */
    private final Map<String, TreeMap<Integer, Deque<Waiting>>> queues = new TreeMap<>();

    private final Map<String, Integer> out = new HashMap<>();
    private final Map<String, String> pools = new HashMap<>();

    void submit(String job, int priority, String pool, int first, int count) {
        Deque<Integer> tasks = new ArrayDeque<>();
        for (int task = first; task < first + count; task++) {
            tasks.add(task);
        }
        queues.computeIfAbsent(pool, name -> new TreeMap<>((one, other) -> Integer.compare(other, one)))
                .computeIfAbsent(priority, level -> new ArrayDeque<>())
                .add(new Waiting(job, tasks));
    }

    void end(String text) {
        out.merge(pools.get(text), -1, Integer::sum);
    }

    /** The tasks that go now, by pool, in order. */
    Map<String, List<String>> tick(Map<String, Integer> windows) {
        Map<String, List<String>> offered = new TreeMap<>();
        queues.forEach((pool, levels) -> {
            List<String> made = new ArrayList<>();
            while (out.getOrDefault(pool, 0) < windows.getOrDefault(pool, 0) && !levels.isEmpty()) {
                Deque<Waiting> jobs = levels.firstEntry().getValue();
                Waiting next = jobs.remove();
                String text = next.job() + "." + next.tasks().remove();
                made.add(text);
                pools.put(text, pool);
                out.merge(pool, 1, Integer::sum);
                if (!next.tasks().isEmpty()) {
                    jobs.add(next);
                }
                if (jobs.isEmpty()) {
                    levels.pollFirstEntry();
                }
            }
            if (!made.isEmpty()) {
                offered.put(pool, made);
            }
        });
        return offered;
    }
}
