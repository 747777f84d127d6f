package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the dashboard and the alert rules to the metrics that exist (a scrape that {@link ObservabilityIT} holds to a running
 * instance), and to the operations guide.
 */
class DashboardTest {
    private static final Path COMPOSE = Path.of("..", "compose");
    private static final Path DASHBOARD = COMPOSE.resolve("grafana/yardmaster.json");
    private static final Path ALERTS = COMPOSE.resolve("prometheus/alerts.yml");
    private static final Path GUIDE = Path.of("..", "docs", "operations.md");
    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w\"=~])((?:yardmaster|kafka|jvm|process)_[a-z0-9_]+)(?![\\w(])");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern LABELS = Pattern.compile("(\\w+)(?:\\{([^}]*)\\})");

    @TempDir
    Path directory;

    @Test
    void everyMetricOfTheDashboardExists() throws IOException {
        assertThat(metrics(String.join("\n", expressions()))).isSubsetOf(MetricNames.all());
        assertThat(expressions()).hasSizeGreaterThan(30);
    }

    @Test
    void theDashboardShowsAllThatIsMeasuredOfPlacement() throws IOException {
        Set<String> measured = MetricNames.all().stream()
                .filter(name -> name.startsWith("yardmaster_placement_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(measured).hasSizeGreaterThan(15);
        assertThat(metrics(String.join("\n", expressions()))).containsAll(measured);
    }

    @Test
    void everyMetricOfTheAlertsExists() throws IOException {
        assertThat(metrics(Files.readString(ALERTS))).isSubsetOf(MetricNames.all());
    }

    @Test
    void everyLabelThatIsAskedForExists() throws IOException {
        Map<String, Set<String>> labels = MetricNames.labels();
        String all = String.join("\n", expressions()) + Files.readString(ALERTS);
        for (Matcher selector = LABELS.matcher(all); selector.find(); ) {
            Set<String> known = labels.get(selector.group(1));
            if (known != null) {
                for (String condition : selector.group(2).split(",", -1)) {
                    String label = condition.replaceAll("[=!~].*", "").strip();
                    assertThat(label.equals("instance") || label.equals("job") || known.contains(label))
                            .as(selector.group())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void panelsSayWhatTheyShowAndNamesAreUnique() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        dashboard().path("panels").forEach(panels::add);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.path("title").asText()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .allSatisfy(panel -> {
                    assertThat(panel.path("description").asText()).isNotBlank();
                    assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("prometheus");
                });
    }

    @Test
    void everyAlertHasASectionInTheGuideAndPointsThere() throws IOException {
        Set<String> alerts = found(ALERT, Files.readString(ALERTS));
        assertThat(alerts).hasSizeGreaterThan(10);
        assertThat(found(Pattern.compile("(?m)^### (Yardmaster\\w+)$"), Files.readString(GUIDE)))
                .isEqualTo(alerts);
        assertThat(found(Pattern.compile("docs/operations.md#(\\w+)"), Files.readString(ALERTS)))
                .isEqualTo(alerts.stream().map(String::toLowerCase).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void promtoolTakesAlertsTheirTestsAndTheQueriesOfTheDashboard() throws IOException {
        PromtoolCheck.assumeInstalled();
        assertThat(PromtoolCheck.run("", COMPOSE, "check", "rules", "prometheus/alerts.yml"))
                .isPresent();
        assertThat(PromtoolCheck.run("", COMPOSE, "test", "rules", "prometheus/tests/alerts.yaml"))
                .isPresent();
        List<Map<String, String>> queries = new ArrayList<>();
        for (String expression : expressions()) {
            String query = expression.replace("$__rate_interval", "5m").replace("$instance", ".*");
            queries.add(Map.of("record", "panel" + queries.size(), "expr", query));
        }
        Path rules = directory.resolve("dashboard.yml");
        // JSON is YAML, too.
        Files.writeString(
                rules,
                new ObjectMapper()
                        .writeValueAsString(Map.of("groups", List.of(Map.of("name", "panels", "rules", queries)))));
        assertThat(PromtoolCheck.run(
                        "", directory, "check", "rules", rules.getFileName().toString()))
                .isPresent();
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }

    private static List<String> expressions() throws IOException {
        return dashboard().findValuesAsText("expr").stream()
                .filter(expression -> !expression.startsWith("ALERTS"))
                .toList();
    }

    private static Set<String> metrics(String text) {
        return found(METRIC, text);
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
