package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** The events of each job and session in the order in which its shard wrote them: they lie in one partition. */
final class Stories {
    private static final int NO_TASK = -1;
    private static final String COMMIT_TASK = "commit task";
    private static final String CLEANUP_TASK = "cleanup task";

    private final Map<JobKey, List<Told>> byJob = new HashMap<>();
    /** Over all sessions. */
    private final Map<Long, List<Told>> byId = new HashMap<>();

    private final Set<JobKey> cancelled = new HashSet<>();
    private final Map<JobKey, Told> resumed = new HashMap<>();
    private final Map<Unit, List<Told>> resumedBefore = new HashMap<>();
    /** By job, over all sessions: a graph keeps its priority. */
    private final Map<Long, Told> prioritized = new HashMap<>();

    private final Map<Unit, List<Told>> prioritizedBefore = new HashMap<>();

    static Stories of(CommandEvidence evidence) {
        Stories stories = new Stories();
        evidence.told().stream()
                .sorted(Comparator.comparingInt(Told::partition).thenComparingLong(Told::offset))
                .forEach(stories::add);
        return stories;
    }

    private void add(Told told) {
        JobKey job = new JobKey(told.session(), told.job());
        byJob.computeIfAbsent(job, key -> new ArrayList<>()).add(told);
        byId.computeIfAbsent(told.job(), key -> new ArrayList<>()).add(told);
        switch (told.what()) {
            case JOB_CANCELLED -> cancelled.add(job);
            case JOB_RESUMED -> resumed.put(job, told);
            case JOB_PRIORITIZED -> prioritized.put(told.job(), told);
            case TASKS_DISPATCHED -> {
                note(told, resumedBefore, resumed.get(job));
                note(told, prioritizedBefore, prioritized.get(told.job()));
            }
            default -> {}
        }
    }

    private static void note(Told dispatched, Map<Unit, List<Told>> before, Told latest) {
        units(dispatched).forEach(unit -> before.computeIfAbsent(unit, key -> new ArrayList<>())
                .add(latest));
    }

    /** The units that an event about tasks is about, in order. */
    static List<Unit> units(Told told) {
        Kind kind = kind(told);
        return LongStream.range(told.firstTask(), told.firstTask() + told.tasks())
                .mapToObj(index -> new Unit(told.session(), told.job(), kind, Math.toIntExact(index), told.attempt()))
                .toList();
    }

    /** The kind of the tasks that an event is about. */
    static Kind kind(Told told) {
        if (told.firstTask() != NO_TASK) {
            return Kind.TASK;
        }
        return told.reason().startsWith(COMMIT_TASK) ? Kind.COMMIT : Kind.CLEANUP;
    }

    /** The reason in the outcomes that an event is about. */
    static String endReason(Told told) {
        String prefix =
                switch (kind(told)) {
                    case TASK -> "";
                    case COMMIT -> COMMIT_TASK;
                    case CLEANUP -> CLEANUP_TASK;
                };
        String rest = told.reason().startsWith(prefix) ? told.reason().substring(prefix.length()) : told.reason();
        return !prefix.isEmpty() && rest.startsWith(": ") ? rest.substring(2) : rest;
    }

    Set<JobKey> jobs() {
        return byJob.keySet();
    }

    List<Told> of(JobKey job) {
        return byJob.getOrDefault(job, List.of());
    }

    /** The events of a job in all sessions, in the order of their offsets. */
    List<Told> ofJob(long job) {
        return byId.getOrDefault(job, List.of());
    }

    boolean isCancelled(JobKey job) {
        return cancelled.contains(job);
    }

    /**
     * The event that ended the latest pause of the job before the unit was dispatched; null if there was none.
     *
     * @param place the number of times for which the unit had been dispatched before
     */
    Told resumedBefore(Unit unit, int place) {
        return at(place, resumedBefore.get(unit));
    }

    /** The event that gave the job its priority before the unit was dispatched for the time of this place; null if it had its first one. */
    Told prioritizedBefore(Unit unit, int place) {
        return at(place, prioritizedBefore.get(unit));
    }

    private static Told at(int place, List<Told> before) {
        return before != null && place < before.size() ? before.get(place) : null;
    }
}
