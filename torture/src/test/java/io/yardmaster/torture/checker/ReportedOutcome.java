package io.yardmaster.torture.checker;

import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import java.util.List;

/**
 * A record of the outcomes topic.
 *
 * @param position topic-partition@offset
 * @param time of the broker, in ms since 1970
 * @param key null if it has none
 * @param said null if the value is missing or cannot be read
 */
record ReportedOutcome(String position, int partition, long offset, long time, Long key, Said said) {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int NO_TASK = -1;
    /** The names under which the load writes outcomes. */
    private static final List<String> PLAYED = List.of("liar", "early");

    /** The contents of the record. */
    record Said(long id, long group, Unit unit, TaskResult result, String reason, String worker) {
        private boolean makesSense() {
            boolean hasIndex = unit.kind() == Kind.TASK ? unit.index() >= 0 : unit.index() == NO_TASK;
            return unit.session() >= 0
                    && unit.attempt() >= 0
                    && hasIndex
                    && reason.length() <= LONGEST_REASON
                    && worker.length() <= LONGEST_NAME;
        }
    }

    /** If it does not, it is a dead letter. */
    boolean makesSense() {
        return said != null && key != null && key == said.unit().job() && said.makesSense();
    }

    /** Returns whether it is of this assignment, but perhaps under another resource group. */
    boolean isOf(Assigned assigned) {
        return assigned != null && said.id() == assigned.id() && said.unit().equals(assigned.unit());
    }

    /** Returns whether the load wrote it, and no execution manager. */
    boolean isPlayed() {
        return PLAYED.stream().anyMatch(said.worker()::startsWith);
    }

    boolean isRefusal() {
        return said.result() == TaskResult.REFUSED;
    }
}
