package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.replay.traces.AlibabaNames;
import io.yardmaster.schemas.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The jobs of Alibaba's cluster trace of 2018, from a gzip'd CSV file with the columns {@code job, task_name, instances} and more. The
 * names of its tasks, which are stages here, encode the graph: {@code J5_2_4} is stage 5, after stages 2 and 4; a name without
 * numbers stands alone.
 */
public final class RecordedGraphs {
    private static final int COLUMNS = 3;

    private final List<List<Stage>> jobs;
    private final long tasks;

    private RecordedGraphs(List<List<Stage>> jobs) {
        this.jobs = jobs;
        this.tasks =
                jobs.stream().flatMap(List::stream).mapToLong(Stage::getTasks).sum();
    }

    /**
     * The jobs of a file.
     *
     * @throws BenchException if it cannot be read
     */
    public static RecordedGraphs read(Path file) {
        Map<String, Map<String, Integer>> instances = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", COLUMNS + 1);
                instances
                        .computeIfAbsent(fields[0], job -> new LinkedHashMap<>())
                        .merge(fields[1], tasks(fields[2]), Integer::sum);
            }
        } catch (IOException | NumberFormatException e) {
            throw new BenchException(file + " cannot be read: " + e.getMessage(), e);
        }
        return new RecordedGraphs(
                instances.values().stream().map(RecordedGraphs::stages).toList());
    }

    /** A few stages never ran, so that nobody knows how many tasks they had. */
    private static int tasks(String instances) {
        return instances.isEmpty() ? 1 : Math.max(1, Integer.parseInt(instances));
    }

    private static List<Stage> stages(Map<String, Integer> instances) {
        AlibabaNames names = new AlibabaNames(instances.keySet());
        List<Stage> stages = new ArrayList<>();
        instances.forEach((name, tasks) -> stages.add(GraphSubmitter.stage(name, tasks, names.before(name))));
        return stages;
    }

    public int jobs() {
        return jobs.size();
    }

    public long tasks() {
        return tasks;
    }

    /** The stages of a job, by its number from 0 on. */
    public List<Stage> stages(int job) {
        return jobs.get(job);
    }
}
