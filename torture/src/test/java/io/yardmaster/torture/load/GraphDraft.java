package io.yardmaster.torture.load;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A graph in few words. A dependency is the name of a stage; {@code "each a"} pairs the tasks. */
final class GraphDraft {
    private static final String EACH = "each ";

    private final JobGraph.Builder terms;
    private final List<Stage> stages = new ArrayList<>();

    GraphDraft(long job) {
        terms = JobGraph.newBuilder()
                .setResourceGroupId(Sender.group(job))
                .setJobId(job)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of());
    }

    GraphDraft stage(String name, int tasks, String payload, String... after) {
        return stage(name, tasks, When.ALL, payload, after);
    }

    GraphDraft stage(String name, int tasks, When when, String payload, String... after) {
        List<StageDependency> dependencies = Arrays.stream(after)
                .map(one -> one.startsWith(EACH)
                        ? new StageDependency(one.substring(EACH.length()), true)
                        : new StageDependency(one, false))
                .toList();
        stages.add(new Stage(
                name,
                tasks,
                dependencies,
                when,
                1,
                0L,
                0L,
                Payloads.encode(payload),
                Map.of(),
                "",
                0,
                Map.of(),
                false));
        return this;
    }

    /** Gives all stages more than one attempt. */
    GraphDraft attempts(int attempts, long backoffMs) {
        stages.replaceAll(stage -> Stage.newBuilder(stage)
                .setAttempts(attempts)
                .setBackoffMs(backoffMs)
                .build());
        return this;
    }

    /** Gives each stage the needs that are dealt to it. */
    GraphDraft needing(Supplier<Map<String, Long>> needs) {
        stages.replaceAll(stage -> Stage.newBuilder(stage).setNeeds(needs.get()).build());
        return this;
    }

    /** Gives each stage the pool that is dealt to it. */
    GraphDraft pooled(Supplier<String> pools) {
        stages.replaceAll(stage -> Stage.newBuilder(stage).setPool(pools.get()).build());
        return this;
    }

    GraphDraft group(long group) {
        terms.setResourceGroupId(group);
        return this;
    }

    GraphDraft session(long session) {
        terms.setSessionId(session);
        return this;
    }

    GraphDraft priority(int priority) {
        terms.setPriority(priority);
        return this;
    }

    GraphDraft commit() {
        terms.setCommit(true);
        return this;
    }

    GraphDraft cleanup() {
        terms.setCleanup(true);
        return this;
    }

    /** A failure stops nothing but what depends on it. */
    GraphDraft goesOn() {
        terms.setOnFailure(OnFailure.CONTINUE);
        return this;
    }

    long job() {
        return terms.getJobId();
    }

    long session() {
        return terms.getSessionId();
    }

    int stages() {
        return stages.size();
    }

    /** The records of the graph, at most one for each stage. */
    List<JobGraph> parts(int wanted) {
        int parts = Math.min(wanted, stages.size());
        List<JobGraph> records = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = stages.size() * part / parts;
            int to = stages.size() * (part + 1) / parts;
            records.add(terms.setParts(parts)
                    .setPart(part)
                    .setStages(List.copyOf(stages.subList(from, to)))
                    .build());
        }
        return records;
    }
}
