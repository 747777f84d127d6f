package io.yardmaster.app.console;

import static io.yardmaster.app.console.JsonText.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** The graph of a made-up job, in the API's shape. */
final class ExampleGraph {
    static final String FAILURE = "task 7 of stage render failed in attempt 3: out of memory";

    static final String NAME = "nightly <b>";

    private static final int LARGE_STAGES = 2_000;
    private static final int WIDTH = 40;

    private final String state;
    private final int stages;
    private final List<Map<String, Object>> known = new ArrayList<>();

    private ExampleGraph(String state, int stages) {
        this.state = state;
        this.stages = stages;
    }

    /** A stage in each state. */
    static ExampleGraph small(String state) {
        ExampleGraph graph = new ExampleGraph(state, 7);
        graph.add("split", 1, "ended", 1, 0, "succeeded", "succeeded", List.of());
        graph.add("render", 200, "running", 120, 1, "running", "40 running, 39 wait for their turn", List.of(0));
        graph.add(Example.SCRIPT, 1, "blocked", 0, 0, "dependency", "waits for render: 121 of 200 ended", List.of(1));
        graph.add("check", 3, "ended", 1, 2, "failed", "2 of 3 did not succeed", List.of(0));
        graph.add("publish", 1, "ended", 0, 1, "killed", "killed because check failed", List.of(2, 3));
        graph.add("poll", 5, "running", 0, 0, "backoff", "5 in back-off until 10:00:00 UTC", List.of(0));
        graph.add("count", 5, "running", 0, 0, "turn", "5 wait for their turn", List.of(0));
        return graph;
    }

    /** The first stages of a graph in layers, each of which waits for two of the one before; no two are alike. */
    static ExampleGraph large() {
        Random random = new Random(22);
        ExampleGraph graph = new ExampleGraph("running", LARGE_STAGES + 400);
        for (int stage = 0; stage < graph.stages; stage++) {
            TreeSet<Integer> after = new TreeSet<>();
            int layer = stage / WIDTH;
            for (int edge = 0; edge < 2 && layer > 0; edge++) {
                after.add((layer - 1) * WIDTH + random.nextInt(WIDTH));
            }
            boolean ended = layer < 20;
            graph.add(
                    "stage-" + stage,
                    1 + stage % 9,
                    ended ? "ended" : "blocked",
                    ended ? 1 + stage % 9 : 0,
                    0,
                    ended ? "succeeded" : "dependency",
                    ended ? "succeeded" : "waits for stage-" + (stage - WIDTH) + ": 0 of 3 ended",
                    List.copyOf(after));
        }
        return graph;
    }

    Map<String, Object> stages(int from, int limit) {
        int to = Math.min(stages, from + limit);
        return object(
                "name",
                NAME,
                "state",
                state,
                "paused",
                false,
                "stages",
                stages,
                "open_stages",
                stages - 1,
                "failure",
                stages > LARGE_STAGES ? "" : FAILURE,
                "failed_tasks",
                stages > LARGE_STAGES ? 0 : 3,
                "page",
                known.subList(from, to),
                "next",
                to < stages ? to : null);
    }

    Map<String, Object> failures(int from) {
        return from == 0
                ? object(
                        "failures",
                        List.of(
                                failure(8, "render", 2, false, "out of memory", true),
                                failure(9, "render", 0, false, "", false)),
                        "next",
                        203)
                : object("failures", List.of(failure(203, "check", 0, true, "by hand", true)), "next", null);
    }

    private static Map<String, Object> failure(
            int task, String stage, int attempt, boolean killed, String reason, boolean last) {
        return object(
                "task", task,
                "stage", stage.equals("render") ? 1 : 3,
                "stage_name", stage,
                "attempt", attempt,
                "killed", killed,
                "ended_at_ms", Example.AT_MS - 5_000,
                "reason", reason,
                "last", last,
                "retry_at_ms", last ? null : Example.AT_MS + 5_000);
    }

    private void add(
            String name,
            int tasks,
            String stageState,
            int succeeded,
            int failed,
            String code,
            String text,
            List<Integer> after) {
        boolean waits = code.equals("dependency");
        known.add(object(
                "number",
                known.size(),
                "name",
                name,
                "first_task",
                known.stream().mapToInt(stage -> (int) stage.get("tasks")).sum(),
                "tasks",
                tasks,
                "state",
                stageState,
                "waits_for",
                waits ? 1 : 0,
                "succeeded",
                succeeded,
                "failed",
                failed,
                "killed",
                code.equals("killed"),
                "pool",
                name.equals("render") ? "gpu" : "",
                "ready",
                0,
                "parked",
                0,
                "limit",
                null,
                "running",
                0,
                "backing_off",
                0,
                "backoff_until_ms",
                null,
                "exact",
                true,
                "dependencies",
                after.size(),
                "after",
                after.stream()
                        .map(stage -> object("stage", stage, "each", false))
                        .toList(),
                "cause",
                waits
                        ? object(
                                "stage", 1, "name", "render", "each", false, "tasks", 200, "ended", 121, "killed",
                                false)
                        : null,
                "why",
                object("code", code, "text", text)));
    }
}
