package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskAssignment;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Plays the storage of some jobs for a scheduler and a fleet that run elsewhere. */
public final class Submission {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int NEVER_RETRIED = 1;

    private final StoragePlayer storage;
    private final EventSender lanes;
    private final CompletionFollower fleet;

    /**
     * Sends nothing yet.
     *
     * @param fleet made before, so that it sees all assignments of these jobs
     */
    public Submission(List<Job> jobs, long session, EventSender lanes, CompletionFollower fleet) {
        this.storage = new StoragePlayer(session, NEVER_RETRIED, jobs);
        this.lanes = lanes;
        this.fleet = fleet;
    }

    /** Submits the jobs and returns when all are done; tells how far they are, many times a second. */
    public void run(Consumer<List<JobProgress>> progress) throws InterruptedException {
        send(storage.start());
        while (!storage.allFinished()) {
            for (TaskAssignment done : fleet.poll(LOOK)) {
                send(storage.completed(done.getJobId(), done.getKind(), done.getTaskIndex(), done.getAttempt()));
            }
            progress.accept(storage.progress());
        }
    }

    private void send(List<StorageEvent<?>> events) {
        if (!events.isEmpty()) {
            events.forEach(lanes);
            lanes.flush();
        }
    }
}
