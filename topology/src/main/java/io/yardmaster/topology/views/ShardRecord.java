package io.yardmaster.topology.views;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.topology.config.Labels;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Counts and history of a shard since it came to this instance. Used by its stream thread alone. Calls count although
 * their transaction may be aborted.
 */
public final class ShardRecord {
    /**
     * Maximum number of counted groups: those with the latest assignments. A group that was dropped begins at 0 again.
     */
    static final int MOST_GROUPS = 10_000;

    private final Map<EventDropReason, long[]> drops = new EnumMap<>(EventDropReason.class);
    private final Map<Long, long[]> assignmentsByGroup = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, long[]> eldest) {
            return size() > MOST_GROUPS;
        }
    };
    private final JobHistory history = new JobHistory();
    private final RecentTasks recent = new RecentTasks();
    private final RateSlice slice;

    private EndCounts ends = EndCounts.NONE;
    private long countedGroup;
    private long[] counted = new long[1];
    private long now;
    /** The headers of the record that is processed; null in a tick. */
    private Headers cause;

    ShardRecord(RateHistory rates) {
        this.slice = new RateSlice(rates);
        for (EventDropReason reason : EventDropReason.values()) {
            drops.put(reason, new long[1]);
        }
    }

    public void tickBegins(long at) {
        if (now == 0) {
            history.openedAt(at);
        }
        now = at;
        cause = null;
    }

    /** A record with these headers causes the entries until the next record or tick. */
    public void causedBy(Headers record) {
        cause = record;
    }

    /** The trace context of the record that is processed; empty in a tick. */
    public Optional<TraceContext> cause() {
        return cause == null ? Optional.empty() : TraceContext.read(cause);
    }

    private String trace() {
        return cause().map(TraceContext::traceId).orElse("");
    }

    public void assigned(DispatchedTask assignment) {
        slice.assigned(Math.max(0, now - assignment.readyAt()));
        recent.assigned(assignment, now);
        if (assignment.group() != countedGroup || counted[0] == 0) {
            countedGroup = assignment.group();
            counted = assignmentsByGroup.computeIfAbsent(countedGroup, group -> new long[1]);
        }
        counted[0]++;
        if (assignment.kind() != TaskKind.TASK) {
            history.add(assignment.job(), now, HistoryEntryType.DISPATCHED, assignment.kind(), 1, "", "");
        }
    }

    public void dropped(EventDropReason reason, long job, long count) {
        drops.get(reason)[0] += count;
        history.add(job, now, HistoryEntryType.DROPPED, reason, count, "", "");
    }

    public void reached(JobMilestone milestone, long job) {
        happened(
                switch (milestone) {
                    case BEGAN -> HistoryEntryType.BEGAN;
                    case COMMITTING -> HistoryEntryType.COMMIT;
                    case CLEANING_UP -> HistoryEntryType.CLEANUP;
                    case SUCCEEDED -> HistoryEntryType.SUCCEEDED;
                    case ENDED -> HistoryEntryType.ENDED;
                },
                job);
    }

    public void obeyed(Decision.Obeyed obeyed) {
        switch (obeyed.command()) {
            case CANCEL -> happened(HistoryEntryType.CANCELLED, obeyed.job());
            case PAUSE -> happened(HistoryEntryType.PAUSED, obeyed.job());
            case RESUME -> happened(HistoryEntryType.RESUMED, obeyed.job());
            case SET_PRIORITY ->
                history.add(obeyed.job(), now, HistoryEntryType.PRIORITIZED, null, obeyed.priority(), "", trace());
        }
    }

    /** An outcome of an assignment was counted; an empty reason says nothing. */
    public void ended(Event.AssignmentEnded ended, String reason) {
        ends = ends.with(ended.end());
        recent.ended(ended, now);
        switch (ended.end()) {
            case SUCCEEDED -> {}
            case FAILED -> history.ended(ended, now, HistoryEntryType.FAILED, reason, trace());
            case KILLED -> history.ended(ended, now, HistoryEntryType.KILLED, reason, trace());
            case REFUSED -> history.ended(ended, now, HistoryEntryType.REFUSED, reason, trace());
        }
    }

    public void happened(HistoryEntryType type, long job) {
        happened(type, job, "");
    }

    /** With a reason that is one sentence without a full stop. */
    public void happened(HistoryEntryType type, long job, String reason) {
        history.add(job, now, type, null, 1, reason, trace());
    }

    /** Tasks of a graph will not run, or not again. */
    public void killed(Decision.TasksKilled killed) {
        int last = killed.first() + killed.count() - 1;
        String tasks = killed.count() == 1 ? "task " + last : "tasks " + killed.first() + " to " + last;
        happened(HistoryEntryType.TASKS_KILLED, killed.job(), tasks + ": " + killed.reason());
    }

    void tickEnded(long at) {
        now = at;
        slice.tick(at);
    }

    void close() {
        slice.end();
    }

    RecentTasks recent() {
        return recent;
    }

    /** Dropped tasks by reason, in lower case with dashes. */
    public Map<String, Long> drops() {
        Map<String, Long> byReason = new HashMap<>();
        drops.forEach((reason, count) -> byReason.put(Labels.of(reason), count[0]));
        return byReason;
    }

    /** Assignments that have ended. */
    public EndCounts ended() {
        return ends;
    }

    /** Assignments to jobs of this group. */
    public long assignmentsOf(long group) {
        long[] count = assignmentsByGroup.get(group);
        return count == null ? 0 : count[0];
    }

    int countedGroups() {
        return assignmentsByGroup.size();
    }

    /** Epoch ms from which on {@link #history} is complete; 0 before the first tick. */
    public long historySince() {
        return history.completeSince();
    }

    /** The latest events of a job, oldest first. */
    public List<HistoryEntry> history(long job, int limit) {
        return history.of(job, limit);
    }
}
