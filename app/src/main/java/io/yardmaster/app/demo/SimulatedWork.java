package io.yardmaster.app.demo;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries out an assignment by sleeping for as long as its task ran when it was recorded, divided by the speedup, and
 * then failing if chance says so. Commit and cleanup tasks take no time and never fail.
 */
public final class SimulatedWork implements AssignmentHandler {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Long, SubmittedJob> jobs;
    private final double speedup;
    private final FailureChance chance;
    private final Consumer<Assignment> received;

    /**
     * @param speedup above 0
     * @param received gets every assignment when its work starts
     */
    public SimulatedWork(List<SubmittedJob> jobs, double speedup, FailureChance chance, Consumer<Assignment> received) {
        if (!(speedup > 0)) {
            throw new IllegalArgumentException("the speedup is " + speedup + ", but must be above 0");
        }
        this.jobs = jobs.stream().collect(Collectors.toMap(SubmittedJob::id, Function.identity()));
        this.speedup = speedup;
        this.chance = chance;
        this.received = received;
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context)
            throws InterruptedException, SimulatedFailureException {
        received.accept(assignment);
        if (assignment.kind() != TaskKind.TASK) {
            return;
        }
        boolean cancelled = context.awaitCancelled(duration(assignment));
        if (!cancelled && chance.fails(assignment.jobId(), assignment.taskIndex(), assignment.attempt())) {
            throw new SimulatedFailureException("attempt " + assignment.attempt() + " was chosen to fail");
        }
    }

    private Duration duration(Assignment assignment) {
        SubmittedJob job = jobs.get(assignment.jobId());
        if (job == null) {
            throw new IllegalStateException("assignment " + assignment.id() + " is of job " + assignment.jobId()
                    + ", which was never submitted");
        }
        double seconds = job.workflow().tasks().get(assignment.taskIndex()).runtimeSeconds();
        return Duration.ofNanos((long) (seconds / speedup * NANOS_PER_SECOND));
    }
}
