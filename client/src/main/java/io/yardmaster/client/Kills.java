package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskKind;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest kills that this execution manager has read, at most {@link #LIMIT}: an assignment that comes later than its
 * kill is still named by it. Thread-safe.
 */
final class Kills {
    /** They take some 26 MB if reason and requester have 30 characters each. */
    static final int LIMIT = 100_000;

    static final long WHOLE_JOB = -1;

    static final long SOME_TASKS = -2;

    static final long NO_BOUND = -1;

    private static final int LONGEST_TEXT = 200;

    private record Target(long jobId, long assignmentId) {}

    private final Map<Target, Kill> byTarget = new ConcurrentHashMap<>();
    private final Map<Long, KilledTasks> byTasks = new ConcurrentHashMap<>();
    private final Queue<Kill> inOrder = new ArrayDeque<>();
    private final int limit;
    private volatile long count;

    Kills() {
        this(LIMIT);
    }

    Kills(int limit) {
        this.limit = limit;
    }

    synchronized void add(Kill read) {
        var kill = new Kill(
                read.getJobId(),
                read.getAssignmentId(),
                read.getSessionId(),
                shortened(read.getReason()),
                shortened(read.getBy()),
                read.getLastAssignmentId(),
                read.getFirstTask(),
                read.getTasks());
        if (isOfSomeTasks(kill)) {
            addRange(kill);
        } else {
            byTarget.merge(target(kill), kill, (known, now) -> now.getSessionId() < known.getSessionId() ? known : now);
        }
        inOrder.add(kill);
        if (inOrder.size() > limit) {
            forget(inOrder.remove());
        }
        count++;
    }

    private static boolean isOfSomeTasks(Kill kill) {
        return kill.getAssignmentId() == SOME_TASKS;
    }

    /** A range without tasks names nothing. */
    private void addRange(Kill kill) {
        if (kill.getFirstTask() >= 0 && kill.getTasks() > 0) {
            byTasks.computeIfAbsent(kill.getJobId(), job -> new KilledTasks()).add(kill);
        }
    }

    private void forget(Kill oldest) {
        if (isOfSomeTasks(oldest)) {
            byTasks.computeIfPresent(oldest.getJobId(), (job, tasks) -> tasks.remove(oldest) ? null : tasks);
        } else {
            byTarget.computeIfPresent(target(oldest), (target, known) -> isSame(known, oldest) ? null : known);
        }
    }

    /** Grows with every kill. */
    long count() {
        return count;
    }

    /** The kill that ends this assignment. */
    Optional<Kill> naming(Assignment assignment) {
        if (byTarget.isEmpty() && byTasks.isEmpty()) {
            return Optional.empty();
        }
        Optional<Kill> ownKill = find(assignment, assignment.id());
        if (ownKill.isPresent() || assignment.kind() == TaskKind.CLEANUP) {
            return ownKill;
        }
        return find(assignment, WHOLE_JOB).or(() -> ofTasks(assignment));
    }

    private Optional<Kill> find(Assignment assignment, long id) {
        return Optional.ofNullable(byTarget.get(new Target(assignment.jobId(), id)))
                .filter(kill -> holdsFor(kill, assignment));
    }

    private Optional<Kill> ofTasks(Assignment assignment) {
        KilledTasks tasks = assignment.kind() == TaskKind.TASK ? byTasks.get(assignment.jobId()) : null;
        return tasks == null
                ? Optional.empty()
                : tasks.naming(assignment.taskIndex()).filter(kill -> holdsFor(kill, assignment));
    }

    private static boolean holdsFor(Kill kill, Assignment assignment) {
        return assignment.session() <= kill.getSessionId()
                && (kill.getLastAssignmentId() == NO_BOUND || assignment.id() <= kill.getLastAssignmentId());
    }

    private static Target target(Kill kill) {
        return new Target(kill.getJobId(), kill.getAssignmentId());
    }

    /** A kill that is read again is equal to its first copy, but newer. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Kill one, Kill other) {
        return one == other;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
