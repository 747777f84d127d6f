package io.yardmaster.app.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of the text format of Prometheus (version 0.0.4), which refuses everything that it does not know. It follows
 * the specification and not our writer, which is the official library's. {@link PromtoolCheck} has Prometheus' own parser look,
 * too, if it is installed; no maintained one exists in Java.
 */
record PrometheusText(Map<String, Family> families) {
    /** Samples of one metric. */
    record Family(String name, String type, String help, List<Sample> samples) {}

    record Sample(String name, Map<String, String> labels, double value) {
        String series() {
            return name + new TreeMap<>(labels);
        }
    }

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.+)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\"(?:,|$)");
    private static final Map<String, Set<String>> SUFFIXES = Map.of(
            "counter", Set.of(""),
            "gauge", Set.of(""),
            "untyped", Set.of(""),
            "summary", Set.of("", "_sum", "_count"),
            "histogram", Set.of("_bucket", "_sum", "_count"));

    static PrometheusText parse(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end");
        }
        Map<String, Family> families = new LinkedHashMap<>();
        String help = null;
        Family family = null;
        for (String line : text.lines().toList()) {
            Matcher helped = HELP.matcher(line);
            Matcher typed = TYPE.matcher(line);
            if (helped.matches()) {
                help = helped.group(1) + " " + helped.group(2);
            } else if (typed.matches()) {
                String name = typed.group(1);
                if (help == null || !help.startsWith(name + " ")) {
                    throw new IllegalArgumentException("no HELP before " + line);
                }
                family = new Family(name, typed.group(2), help.substring(name.length() + 1), new ArrayList<>());
                if (families.put(name, family) != null) {
                    throw new IllegalArgumentException("twice: " + line);
                }
            } else {
                add(family, line);
            }
        }
        families.values().forEach(PrometheusText::checkHistogram);
        return new PrometheusText(families);
    }

    private static void add(Family family, String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches() || family == null) {
            throw new IllegalArgumentException("neither comment nor sample: " + line);
        }
        String suffix = sample.group(1).startsWith(family.name())
                ? sample.group(1).substring(family.name().length())
                : "?";
        if (!SUFFIXES.get(family.type()).contains(suffix)) {
            throw new IllegalArgumentException("not of " + family.name() + ": " + line);
        }
        Sample read = new Sample(sample.group(1), labels(sample.group(2)), number(sample.group(3)));
        if (family.samples().stream().anyMatch(other -> other.series().equals(read.series()))) {
            throw new IllegalArgumentException("twice: " + line);
        }
        family.samples().add(read);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find() && label.start() == end) {
            end = label.end();
            if (labels.put(label.group(1), label.group(2)) != null) {
                throw new IllegalArgumentException("label twice: " + text);
            }
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("labels: " + text);
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Buckets are cumulative, and the last one counts all values. */
    private static void checkHistogram(Family family) {
        if (!family.type().equals("histogram")) {
            return;
        }
        Map<String, Double> latest = new TreeMap<>();
        Map<String, String> bounds = new TreeMap<>();
        for (Sample sample : family.samples()) {
            Map<String, String> others = new TreeMap<>(sample.labels());
            String bound = others.remove("le");
            if (bound != null) {
                if (sample.value() < latest.getOrDefault(others.toString(), 0.0)) {
                    throw new IllegalArgumentException("not cumulative: " + sample);
                }
                latest.put(others.toString(), sample.value());
                bounds.put(others.toString(), bound);
            } else if (sample.name().endsWith("_count")
                    && (latest.get(others.toString()) != sample.value()
                            || !"+Inf".equals(bounds.get(others.toString())))) {
                throw new IllegalArgumentException("count and last bucket differ: " + sample);
            }
        }
    }

    double value(String name, String... labels) {
        return families.values().stream()
                .flatMap(family -> family.samples().stream())
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .mapToDouble(Sample::value)
                .sum();
    }

    /** Names, with labels, of the samples whose names begin so. */
    List<String> series(String... prefixes) {
        return families.values().stream()
                .flatMap(family -> family.samples().stream())
                .map(Sample::series)
                .filter(series ->
                        prefixes.length == 0 || List.of(prefixes).stream().anyMatch(series::startsWith))
                .sorted()
                .toList();
    }
}
