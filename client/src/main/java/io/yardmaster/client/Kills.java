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

    static final long NO_BOUND = -1;

    private static final int LONGEST_TEXT = 200;

    private record Target(long jobId, long assignmentId) {}

    private final Map<Target, Kill> byTarget = new ConcurrentHashMap<>();
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
        byTarget.merge(target(kill), kill, (known, now) -> now.getSessionId() < known.getSessionId() ? known : now);
        inOrder.add(kill);
        if (inOrder.size() > limit) {
            Kill oldest = inOrder.remove();
            byTarget.computeIfPresent(target(oldest), (target, known) -> isSame(known, oldest) ? null : known);
        }
        count++;
    }

    /** Grows with every kill. */
    long count() {
        return count;
    }

    /** The kill that ends this assignment. */
    Optional<Kill> naming(Assignment assignment) {
        if (byTarget.isEmpty()) {
            return Optional.empty();
        }
        Optional<Kill> ownKill = find(assignment, assignment.id());
        return ownKill.isPresent() || assignment.kind() == TaskKind.CLEANUP ? ownKill : find(assignment, WHOLE_JOB);
    }

    private Optional<Kill> find(Assignment assignment, long id) {
        return Optional.ofNullable(byTarget.get(new Target(assignment.jobId(), id)))
                .filter(kill -> assignment.session() <= kill.getSessionId())
                .filter(kill ->
                        kill.getLastAssignmentId() == NO_BOUND || assignment.id() <= kill.getLastAssignmentId());
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
