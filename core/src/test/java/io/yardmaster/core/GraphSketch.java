package io.yardmaster.core;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.OnFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A graph in few words. Dependencies are text: {@code "a, each b"} waits for all of stage a, and task by task for stage b. Until
 * something else is said a job stops at a failure, and a stage wants all dependencies to succeed and has one attempt.
 */
public final class GraphSketch {
    private final List<GraphStage> stages = new ArrayList<>();
    private long group;
    private long session = Event.GraphSubmitted.ANY_SESSION;
    private int priority;
    private boolean commit;
    private boolean cleanup;
    private OnFailure onFailure = OnFailure.STOP;
    private String trace;
    private String name = "";

    /** Gives the job a name. */
    public GraphSketch named(String given) {
        name = given;
        return this;
    }

    public GraphSketch stage(String name, int tasks) {
        return stage(name, tasks, "");
    }

    public GraphSketch stage(String name, int tasks, String after) {
        return stage(name, tasks, after, When.ALL);
    }

    public GraphSketch stage(String name, int tasks, String after, When when) {
        return stage(new GraphStage(name, tasks, dependencies(after), when, 1, 0, 0, GraphStage.NO_PAYLOAD));
    }

    /** Adds a stage whose tasks need units of limits. */
    public GraphSketch needing(String name, int tasks, String after, Map<String, Long> needs) {
        return stage(new GraphStage(name, tasks, dependencies(after), When.ALL, 1, 0, 0, needs, GraphStage.NO_PAYLOAD));
    }

    /** Adds a stage of a pool whose tasks need units of limits. */
    public GraphSketch pooled(String name, int tasks, String after, String pool, Map<String, Long> needs) {
        return stage(new GraphStage(
                name, tasks, dependencies(after), When.ALL, 1, 0, 0, 0, needs, pool, GraphStage.NO_PAYLOAD));
    }

    /** Adds a stage of a pool whose tasks start together. */
    public GraphSketch gang(String name, int tasks, String pool) {
        HostDemand together = new HostDemand(Map.of(), Map.of(), true);
        return stage(new GraphStage(
                name, tasks, List.of(), When.ALL, 1, 0, 0, 0, Map.of(), pool, together, GraphStage.NO_PAYLOAD));
    }

    /** Gives the latest stage a priority. */
    public GraphSketch first(int newPriority) {
        GraphStage s = latest();
        return replace(new GraphStage(
                s.name(),
                s.tasks(),
                s.after(),
                s.when(),
                s.attempts(),
                s.backoff(),
                s.timeout(),
                newPriority,
                s.needs(),
                s.pool(),
                s.hosts(),
                s.payload()));
    }

    public GraphSketch stage(GraphStage stage) {
        stages.add(stage);
        return this;
    }

    private static List<Dependency> dependencies(String after) {
        return Arrays.stream(after.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.startsWith("each ")
                        ? new Dependency(name.substring(5).strip(), true)
                        : new Dependency(name, false))
                .toList();
    }

    /** Gives the latest stage more than one attempt, with a back-off in ms between them. */
    public GraphSketch attempts(int attempts, long backoff) {
        GraphStage s = latest();
        return replace(new GraphStage(
                s.name(),
                s.tasks(),
                s.after(),
                s.when(),
                attempts,
                backoff,
                s.timeout(),
                s.priority(),
                s.needs(),
                s.pool(),
                s.hosts(),
                s.payload()));
    }

    public GraphSketch payload(byte[] payload, long timeout) {
        GraphStage s = latest();
        return replace(new GraphStage(
                s.name(),
                s.tasks(),
                s.after(),
                s.when(),
                s.attempts(),
                s.backoff(),
                timeout,
                s.priority(),
                s.needs(),
                s.pool(),
                s.hosts(),
                payload));
    }

    private GraphStage latest() {
        return stages.get(stages.size() - 1);
    }

    private GraphSketch replace(GraphStage stage) {
        stages.set(stages.size() - 1, stage);
        return this;
    }

    public GraphSketch commit() {
        commit = true;
        return this;
    }

    public GraphSketch cleanup() {
        cleanup = true;
        return this;
    }

    public GraphSketch goesOn() {
        onFailure = OnFailure.CONTINUE;
        return this;
    }

    public GraphSketch priority(int newPriority) {
        priority = newPriority;
        return this;
    }

    public GraphSketch group(long newGroup) {
        group = newGroup;
        return this;
    }

    public GraphSketch session(long newSession) {
        session = newSession;
        return this;
    }

    public GraphSketch trace(String newTrace) {
        trace = newTrace;
        return this;
    }

    public List<GraphStage> stages() {
        return stages;
    }

    public boolean hasCommit() {
        return commit;
    }

    public boolean hasCleanup() {
        return cleanup;
    }

    public OnFailure onFailure() {
        return onFailure;
    }

    public long group() {
        return group;
    }

    public int tasks() {
        return stages.stream().mapToInt(GraphStage::tasks).sum();
    }

    /** The graph in one event. */
    public Event.GraphSubmitted event(long job, long now) {
        return part(job, now, 0, stages.size(), 0, 1);
    }

    /** The graph in this many events, of about equally many stages. */
    public List<Event.GraphSubmitted> events(long job, long now, int parts) {
        List<Event.GraphSubmitted> events = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = stages.size() * part / parts;
            int to = stages.size() * (part + 1) / parts;
            events.add(part(job, now, from, to, part, parts));
        }
        return events;
    }

    /** Some of the stages as a part that claims to be the one of this number. */
    public Event.GraphSubmitted part(long job, long now, int from, int to, int part, int parts) {
        return new Event.GraphSubmitted(
                group,
                job,
                session,
                priority,
                commit,
                cleanup,
                onFailure,
                stages.subList(from, to),
                part,
                parts,
                now,
                trace,
                name);
    }
}
