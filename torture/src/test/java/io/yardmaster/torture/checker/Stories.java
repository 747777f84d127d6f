package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
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
    private final Map<JobKey, List<Told>> byJob = new HashMap<>();
    private final Set<JobKey> cancelled = new HashSet<>();
    private final Map<JobKey, Told> resumed = new HashMap<>();
    private final Map<Unit, Told> resumedBefore = new HashMap<>();

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
        switch (told.what()) {
            case JOB_CANCELLED -> cancelled.add(job);
            case JOB_RESUMED -> resumed.put(job, told);
            case TASKS_DISPATCHED -> {
                Told latest = resumed.get(job);
                if (latest != null) {
                    dispatched(told).forEach(unit -> resumedBefore.putIfAbsent(unit, latest));
                }
            }
            default -> {}
        }
    }

    /** The units that an event says were dispatched, in order. */
    static List<Unit> dispatched(Told told) {
        if (told.what() != JobEventKind.TASKS_DISPATCHED) {
            return List.of();
        }
        Kind kind = dispatchedKind(told);
        return LongStream.range(told.firstTask(), told.firstTask() + told.tasks())
                .mapToObj(index -> new Unit(told.session(), told.job(), kind, Math.toIntExact(index), told.attempt()))
                .toList();
    }

    static Kind dispatchedKind(Told told) {
        return switch (told.reason()) {
            case "commit task" -> Kind.COMMIT;
            case "cleanup task" -> Kind.CLEANUP;
            default -> Kind.TASK;
        };
    }

    Set<JobKey> jobs() {
        return byJob.keySet();
    }

    List<Told> of(JobKey job) {
        return byJob.getOrDefault(job, List.of());
    }

    boolean isCancelled(JobKey job) {
        return cancelled.contains(job);
    }

    /** The event that ended the latest pause of the job before the unit was dispatched; null if there was none. */
    Told resumedBefore(Unit unit) {
        return resumedBefore.get(unit);
    }
}
