package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Plays execution managers that report what others have reported, or nobody should: outcomes again, before the true ones, late,
 * of assignments that never were, of unknown jobs, and without sense. Used by one thread.
 */
public final class Reporter {
    private static final long NOBODYS_JOBS = 1_000_000_000;
    private static final long NOBODYS_NUMBERS = 1L << 40;
    private static final long OTHER_SHARD = 1L << 47;
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final List<TaskResult> RESULTS = List.of(TaskResult.values());
    private static final Instant TIME = Instant.EPOCH;

    private final Sender sender;
    private final Progress progress;
    private final Reports reports;
    private final Random random;
    private final int stepsPerReport;

    /** @param stepsPerReport the mean number of steps from one report to the next */
    public Reporter(Sender sender, Progress progress, Reports reports, Random random, int stepsPerReport) {
        this.sender = sender;
        this.progress = progress;
        this.reports = reports;
        this.random = random;
        this.stepsPerReport = stepsPerReport;
    }

    /** Writes an outcome now and then. */
    public void step() {
        if (random.nextInt(stepsPerReport) > 0) {
            return;
        }
        int chance = random.nextInt(100);
        if (chance < 40) {
            reports.any(random).ifPresent(this::repeat);
        } else {
            progress.any(random).ifPresent(assignment -> report(assignment, chance));
        }
    }

    /** Returns when the brokers have acknowledged all outcomes. */
    public void flush() {
        sender.flush();
    }

    /** As it was, or with another result. Many are late, and of old sessions. */
    private void repeat(TaskOutcome outcome) {
        TaskOutcome.Builder repeated = draft(outcome);
        if (random.nextInt(3) == 0) {
            repeated.setResult(any(RESULTS));
            repeated.setReason("a repeat");
        }
        for (int times = random.nextInt(3); times >= 0; times--) {
            sender.outcome(repeated.getJobId(), repeated.build());
        }
    }

    private void report(TaskAssignment assignment, int chance) {
        TaskOutcome.Builder outcome = outcome(assignment);
        if (chance < 60) {
            // Mostly before the execution manager's own, which is a repeat then.
            outcome.setResult(random.nextInt(5) == 0 ? TaskResult.REFUSED : any(RESULTS.subList(0, 3)));
            outcome.setWorker("early");
            outcome.setReason("early no. " + outcome.getAssignmentId());
            sender.outcome(outcome.getJobId(), outcome.build());
        } else if (chance < 66) {
            outcome.setAssignmentId(outcome.getAssignmentId() + NOBODYS_NUMBERS);
            sender.outcome(outcome.getJobId(), outcome.build());
        } else if (chance < 70) {
            outcome.setAssignmentId(outcome.getAssignmentId() ^ OTHER_SHARD);
            sender.outcome(outcome.getJobId(), outcome.build());
        } else if (chance < 76) {
            outcome.setSessionId(outcome.getSessionId() + (random.nextBoolean() ? 1 : -1));
            sender.outcome(outcome.getJobId(), outcome.build());
        } else if (chance < 82) {
            outcome.setJobId(NOBODYS_JOBS + random.nextInt(1_000));
            sender.outcome(outcome.getJobId(), outcome.build());
        } else if (chance < 88) {
            reports.misreported(outcome.getJobId());
            outcome.setResourceGroupId(outcome.getResourceGroupId() + 1);
            sender.outcome(outcome.getJobId(), outcome.build());
        } else {
            withoutSense(outcome);
        }
    }

    private void withoutSense(TaskOutcome.Builder outcome) {
        long key = outcome.getJobId();
        reports.misreported(key);
        switch (random.nextInt(8)) {
            case 0 -> reports.misreported(++key);
            case 1 -> outcome.setSessionId(-1L);
            case 2 -> outcome.setAttempt(-1);
            case 3 -> outcome.setTaskIndex(outcome.getTaskIndex() < 0 ? 0 : -1);
            case 4 -> outcome.setReason("x".repeat(LONGEST_REASON + 1));
            case 5 -> outcome.setWorker(Reports.LIAR.repeat(LONGEST_NAME));
            case 6 -> {
                sender.outcome(key, new byte[] {1, 2, 3});
                return;
            }
            default -> {
                sender.outcome(key, (byte[]) null);
                return;
            }
        }
        sender.outcome(key, outcome.build());
    }

    private TaskOutcome.Builder outcome(TaskAssignment assignment) {
        return draft(new TaskOutcome(
                assignment.getAssignmentId(),
                assignment.getResourceGroupId(),
                assignment.getJobId(),
                assignment.getSessionId(),
                assignment.getKind(),
                assignment.getTaskIndex(),
                assignment.getAttempt(),
                any(RESULTS),
                "",
                TIME,
                TIME,
                Reports.LIAR));
    }

    /** Avro's own way of copying loads classes by their names, which it forbids unless told otherwise. */
    private static TaskOutcome.Builder draft(TaskOutcome outcome) {
        return TaskOutcome.newBuilder()
                .setAssignmentId(outcome.getAssignmentId())
                .setResourceGroupId(outcome.getResourceGroupId())
                .setJobId(outcome.getJobId())
                .setSessionId(outcome.getSessionId())
                .setKind(outcome.getKind())
                .setTaskIndex(outcome.getTaskIndex())
                .setAttempt(outcome.getAttempt())
                .setResult(outcome.getResult())
                .setReason(outcome.getReason())
                .setStartedAt(outcome.getStartedAt())
                .setEndedAt(outcome.getEndedAt())
                .setWorker(outcome.getWorker());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
