package io.yardmaster.replay.scenarios;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ModelHost;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.SketchedDay;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.traces.StageRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A day for the scheduler in YAML, and the bounds that its figures must keep. */
final class ScenarioDay {
    private final String name;
    private final ScenarioFields file;

    private ScenarioDay(String name, ScenarioFields file) {
        this.name = name;
        this.file = file;
    }

    static ScenarioDay read(String name, String yaml) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        ScenarioDay scenario = new ScenarioDay(name, new ScenarioFields(name, read));
        scenario.file.text("what");
        return scenario;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Replays the day; returns a sentence for each bound that does not hold. */
    List<String> violations() {
        Comparison comparison = Replay.of(day().day(), fleet(), policies());
        List<ScenarioFields> bounds = file.list("expect");
        List<String> violations = new ArrayList<>();
        for (ScenarioFields bound : bounds) {
            String policy = bound.text("policy");
            DaySide side = comparison.sides().stream()
                    .filter(one -> one.name().equals(policy))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + ": there is no policy " + policy));
            check(bound, new ScenarioFigure(side).of(bound)).ifPresent(violations::add);
            bound.end();
        }
        file.end();
        return violations;
    }

    private ModelFleet fleet() {
        ModelFleet slots = ModelFleet.of((int) file.number("slots"));
        if (!file.has("hosts")) {
            return slots;
        }
        ScenarioFields hosts = file.object("hosts");
        SortedMap<String, Long> amounts = new TreeMap<>(units(hosts, "has"));
        List<ModelHost> all = IntStream.range(0, (int) hosts.number("count"))
                .mapToObj(host -> new ModelHost("host" + host, amounts, Map.of()))
                .toList();
        hosts.end();
        return new ModelFleet(slots.slots(), slots.durations(), slots.seed(), slots.unknownRuntime(), all);
    }

    private Optional<String> check(ScenarioFields bound, double is) {
        boolean upper = bound.has("at most");
        double limit = bound.number(upper ? "at most" : "at least");
        return (upper ? is <= limit : is >= limit)
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%s: %s: is %.3f", name, bound, is));
    }

    private List<ReplayPolicy> policies() {
        List<ReplayPolicy> policies = new ArrayList<>();
        file.map("policies").forEach((label, words) -> {
            Map<Long, Double> weights = new TreeMap<>();
            if (words.has("weights")) {
                words.numbers("weights").forEach((group, weight) -> weights.put(Long.valueOf(group), weight));
            }
            int activeJobs = words.has("active jobs") ? (int) words.number("active jobs") : 1_024;
            Fairness fairness =
                    Fairness.valueOf(words.text("fairness").replace('-', '_').toUpperCase(Locale.ROOT));
            Policy policy = new Policy(activeJobs, 1, 1, Duration.ofHours(6), Duration.ofHours(24), fairness);
            LivePolicy live = new LivePolicy(weights, units(words, "limits")).withRates(rates(words));
            policies.add(new ReplayPolicy(label, policy, live, changes(words, live)));
            words.end();
        });
        return policies;
    }

    private static Map<String, Long> units(ScenarioFields fields, String key) {
        Map<String, Long> units = new TreeMap<>();
        if (fields.has(key)) {
            fields.numbers(key).forEach((name, many) -> units.put(name, many.longValue()));
        }
        return units;
    }

    private static Map<Long, DispatchRate> rates(ScenarioFields policy) {
        Map<Long, DispatchRate> rates = new TreeMap<>();
        if (policy.has("rates")) {
            policy.map("rates").forEach((group, rate) -> {
                rates.put(
                        Long.valueOf(group), new DispatchRate(rate.number("per second"), (long) rate.number("burst")));
                rate.end();
            });
        }
        return rates;
    }

    /** A limit that goes to another capacity and back, again and again. */
    private static SortedMap<Long, LivePolicy> changes(ScenarioFields policy, LivePolicy live) {
        SortedMap<Long, LivePolicy> changes = new TreeMap<>();
        if (policy.has("flaps")) {
            ScenarioFields flaps = policy.object("flaps");
            Map<String, Long> others = new TreeMap<>(live.limits());
            others.put(flaps.text("limit"), (long) flaps.number("to"));
            long every = flaps.millis("every");
            long until = flaps.millis("until");
            boolean away = true;
            for (long at = every; at <= until; at += every) {
                changes.put(at, away ? live.withLimits(others) : live);
                away = !away;
            }
            flaps.end();
        }
        return changes;
    }

    private SketchedDay day() {
        SketchedDay day = new SketchedDay();
        for (ScenarioFields jobs : file.list("jobs")) {
            long group = (long) jobs.number("group");
            long groups = jobs.has("groups") ? (long) jobs.number("groups") : 1;
            long at = jobs.millis("at");
            long every = jobs.millis("every");
            int count = (int) jobs.number("count");
            int priority = jobs.has("priority") ? (int) jobs.number("priority") : 0;
            long takes = jobs.millis("takes");
            List<Integer> sizes = jobs.integers("stages");
            boolean isGang = jobs.has("gang") && jobs.flag("gang");
            HostDemand demand = new HostDemand(units(jobs, "of a host"), Map.of(), isGang);
            List<GraphStage> stages = stages(sizes, units(jobs, "needs"), demand);
            for (long one = group; one < group + groups; one++) {
                for (int job = 0; job < count; job++) {
                    day.job(at + job * every, one, priority, stages, runs(sizes, takes));
                }
            }
            jobs.end();
        }
        return day;
    }

    private static List<GraphStage> stages(List<Integer> sizes, Map<String, Long> needs, HostDemand demand) {
        List<GraphStage> stages = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            GraphStage stage = i == 0
                    ? SketchedDay.stage("stage0", sizes.get(i))
                    : SketchedDay.stage("stage" + i, sizes.get(i), "stage" + (i - 1));
            stages.add(stage.withNeeds(needs, demand.isNone() ? stage.pool() : "hosts", demand));
        }
        return stages;
    }

    private static StageRuns runs(List<Integer> sizes, long takes) {
        StageRuns runs = new StageRuns(sizes.size());
        sizes.forEach(size -> runs.add(size, takes, RecordedWork.UNKNOWN, RecordedWork.UNKNOWN, ""));
        return runs;
    }
}
