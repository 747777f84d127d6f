package io.yardmaster.app.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The metrics of a running instance, as a file has them: a line for each metric and its labels. */
final class MetricNames {
    static final Path FILE = Path.of("src", "test", "resources", "metrics.txt");

    private MetricNames() {}

    static Set<String> all() throws IOException {
        return labels().keySet();
    }

    /** The labels by the name of the sample. */
    static Map<String, Set<String>> labels() throws IOException {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : Files.readAllLines(FILE)) {
            String[] words = line.split(" ", -1);
            labels.put(words[0], new TreeSet<>(List.of(words).subList(1, words.length)));
        }
        return labels;
    }

    /** The lines of the file. */
    static Set<String> linesOf(PrometheusText scrape) {
        Map<String, Set<String>> labels = new TreeMap<>();
        scrape.families().values().forEach(family -> family.samples()
                .forEach(sample -> labels.computeIfAbsent(sample.name(), name -> new TreeSet<>())
                        .addAll(sample.labels().keySet())));
        Set<String> lines = new LinkedHashSet<>();
        labels.forEach((name, of) -> lines.add(of.isEmpty() ? name : name + " " + String.join(" ", of)));
        return lines;
    }
}
