package io.yardmaster.bench.core;

import io.yardmaster.bench.BenchException;
import io.yardmaster.replay.traces.PodTrace;
import io.yardmaster.replay.traces.TraceFile;
import io.yardmaster.replay.traces.TracePod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The needs and times of the tasks of a recorded trace, by resource group and in the trace's order. */
public final class RecordedNeeds {
    private static final String BATCH = "job,task_name";
    private static final long MILLIS = 1_000;

    /** Equal tasks. */
    record Tasks(int count, Map<String, Long> needs, long millis) {}

    private final Map<String, List<Tasks>> byGroup = new TreeMap<>();

    private RecordedNeeds() {}

    /**
     * Reads the pods of Alibaba's trace of 2023, whose groups are classes of service, or batch tasks of its trace of 2018, whose groups are
     * the first letters of the tasks' names.
     */
    public static RecordedNeeds read(Path file) {
        RecordedNeeds read = new RecordedNeeds();
        if (PodTrace.isOf(file)) {
            read.addPods(file);
        } else {
            read.addBatches(file);
        }
        return read;
    }

    private void addPods(Path file) {
        try (PodTrace trace = new PodTrace(file)) {
            for (Optional<TracePod> pod = trace.next(); pod.isPresent(); pod = trace.next()) {
                addPod(pod.get());
            }
        }
    }

    private void addBatches(Path file) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(TraceFile.open(file), StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            if (header == null || !header.startsWith(BATCH)) {
                throw new BenchException(file + ": has neither the columns of pods nor those of batch tasks");
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                addBatch(line.split(",", -1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addPod(TracePod pod) {
        if (pod.deletedAt() < 0) {
            return;
        }
        Map<String, Long> needs = new TreeMap<>();
        need(needs, "cpu", pod.cpuMilli());
        need(needs, "memory", pod.memoryMib());
        need(needs, "gpu", pod.gpuMilli());
        add(pod.service(), 1, needs, pod.deletedAt() - pod.createdAt());
    }

    /** Takes one of: job, task_name, instances, status, start_s, end_s, duration_s, cpu_pct, mem_norm. */
    private void addBatch(String[] columns) {
        if (columns.length < 9 || columns[7].isEmpty() || columns[8].isEmpty()) {
            return;
        }
        Map<String, Long> needs = new TreeMap<>();
        need(needs, "cpu", Math.round(Double.parseDouble(columns[7])));
        need(needs, "memory", Math.round(100 * Double.parseDouble(columns[8])));
        add(
                columns[1].substring(0, 1),
                Integer.parseInt(columns[2]),
                needs,
                Math.round(MILLIS * Double.parseDouble(columns[6])));
    }

    private static void need(Map<String, Long> needs, String resource, long units) {
        if (units > 0) {
            needs.put(resource, units);
        }
    }

    private void add(String group, int count, Map<String, Long> needs, long millis) {
        if (count > 0 && !needs.isEmpty() && millis > 0) {
            byGroup.computeIfAbsent(group, first -> new ArrayList<>()).add(new Tasks(count, needs, millis));
        }
    }

    List<String> groups() {
        return List.copyOf(byGroup.keySet());
    }

    List<Tasks> of(String group) {
        return byGroup.get(group);
    }

    /** By resource: the units with which so many tasks run, if each group has as many of them. */
    Map<String, Long> capacities(int tasks) {
        Map<String, Double> units = new TreeMap<>();
        byGroup.values().forEach(all -> {
            double count = all.stream().mapToLong(Tasks::count).sum();
            all.forEach(each -> each.needs()
                    .forEach((resource, need) ->
                            units.merge(resource, need * each.count() / count / byGroup.size(), Double::sum)));
        });
        Map<String, Long> capacities = new TreeMap<>();
        units.forEach((resource, mean) -> capacities.put(resource, (long) Math.ceil(mean * tasks)));
        return capacities;
    }
}
