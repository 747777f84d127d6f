package io.yardmaster.app.storage;

import io.yardmaster.schemas.JobExpectation;
import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Plays the storage of some jobs for a scheduler and a fleet that run elsewhere. The first event of a job says that the job
 * is new, so that the scheduler refuses an id that is in use before the tasks of two jobs mix.
 */
public final class Submission {
    static final int NEVER_RETRIED = 1;

    private static final Duration LOOK = Duration.ofMillis(50);

    private final long session;
    private final StoragePlayer storage;
    private final EventSender lanes;
    private final CompletionFollower completions;
    private final SchedulerNews news;
    private final CancellationFollower cancellations;
    private final SubmissionListener listener;
    private final Set<Long> refused = new HashSet<>();
    private final Set<Long> commitsDispatched = new HashSet<>();
    /** Read, and not yet acted upon. */
    private final Deque<Cancellation> cancelled = new ArrayDeque<>();

    private boolean eventsExpected;

    /**
     * Sends nothing yet.
     *
     * @param completions made before, so that it sees all assignments of these jobs
     * @param news made before, too
     * @param cancellations made before, too
     */
    public Submission(
            List<SubmittedJob> jobs,
            long session,
            EventSender lanes,
            CompletionFollower completions,
            SchedulerNews news,
            CancellationFollower cancellations,
            SubmissionListener listener) {
        this.session = session;
        this.storage = new StoragePlayer(session, NEVER_RETRIED, jobs);
        this.lanes = lanes;
        this.completions = completions;
        this.news = news;
        this.cancellations = cancellations;
        this.listener = listener;
    }

    /**
     * Submits the jobs, and returns when all are done, failed or refused, or it is stopped.
     *
     * @return whether all are done
     * @throws SessionOverException as soon as a newer session has begun
     */
    public boolean run(BooleanSupplier stopped) throws InterruptedException {
        return follow(new NewJobs(), stopped);
    }

    /** The same for jobs that were submitted before, and have not ended: goes on from the state in Kafka and the scheduler. */
    public boolean resume(BooleanSupplier stopped) throws InterruptedException {
        cancellations.rewind();
        return follow(new ResumedJobs(lanes, completions, System::nanoTime), stopped);
    }

    /** The ids of the jobs that are neither done nor failed nor refused. */
    public List<Long> unfinished() {
        return storage.progress().stream()
                .filter(job -> !job.state().isFinal())
                .map(job -> job.job().id())
                .toList();
    }

    private boolean follow(EventFlow flow, BooleanSupplier stopped) throws InterruptedException {
        flow.send(storage.start());
        while (!storage.allFinished() && !stopped.getAsBoolean()) {
            List<EndedTask> ended = completions.poll(LOOK);
            dispatched(flow);
            // Before the tasks that were killed because of them.
            heedCancellations(flow);
            for (EndedTask end : ended) {
                flow.ended(end);
                heed(flow, end);
            }
            for (var more = flow.endedBefore(); !more.isEmpty(); more = flow.endedBefore()) {
                more.forEach(end -> heed(flow, end));
            }
            for (Refusal refusal : news.poll()) {
                heed(flow, refusal);
            }
            if (news.newestSession() > session) {
                throw new SessionOverException(session, news.newestSession());
            }
            listener.progress(storage.progress(), completions.outstanding());
        }
        // A resumed job may have been done already.
        listener.progress(storage.progress(), completions.outstanding());
        return storage.progress().stream().allMatch(job -> job.state() == JobState.DONE);
    }

    private void dispatched(EventFlow flow) {
        for (TaskKey task : completions.dispatched()) {
            flow.dispatched(task);
            if (task.kind() == TaskKind.COMMIT) {
                commitsDispatched.add(task.job());
            }
        }
    }

    private void heedCancellations(EventFlow flow) {
        cancelled.addAll(cancellations.poll());
        try {
            if (flow.expectsEvents() && !eventsExpected) {
                if (!cancellations.seesEvents()) {
                    listener.eventsAreOff();
                }
                eventsExpected = true;
            }
            if (!cancelled.isEmpty()) {
                // A commit task that was dispatched before the cancel is readable by now.
                completions.catchUp();
                dispatched(flow);
            }
        } catch (TimeoutException e) {
            return; // Kafka is away: later
        }
        while (!cancelled.isEmpty()) {
            Cancellation cancellation = cancelled.remove();
            if (storage.isUnfinished(cancellation.job())) {
                listener.cancelled(cancellation);
                flow.send(storage.cancelled(cancellation.job(), commitsDispatched.contains(cancellation.job())));
            }
        }
    }

    private void heed(EventFlow flow, EndedTask end) {
        TaskKey task = end.task();
        if (end.failure().isEmpty()) {
            flow.send(storage.completed(task.job(), task.kind(), task.index(), 0));
            return;
        }
        long ignored = storage.ignored();
        List<StorageEvent<?>> events = storage.failed(task.job(), task.kind(), task.index(), 0);
        // Storage does not wait any more for tasks of a job that has failed before.
        if (storage.ignored() == ignored) {
            listener.failed(task, end.failure().get());
        }
        flow.send(events);
    }

    private void heed(EventFlow flow, Refusal refusal) {
        if (flow.expected(refusal)) {
            return;
        }
        boolean ours = refusal.sender().equals(lanes.sender()) && storage.isUnfinished(refusal.job());
        if (ours && refused.add(refusal.job())) {
            storage.refused(refusal.job());
            listener.refused(refusal.job(), refusal.reason());
        }
    }

    /** Holds back the rest of a very large first batch until a task of the job was dispatched: the id then is ours. */
    private final class NewJobs implements EventFlow {
        private final Set<Long> begun = new HashSet<>();
        private final Map<Long, Queue<StorageEvent<?>>> held = new HashMap<>();
        private boolean anyDispatched;

        @Override
        public void send(List<StorageEvent<?>> events) {
            for (StorageEvent<?> event : events) {
                if (begun.add(event.jobId())) {
                    lanes.send(event, Optional.of(JobExpectation.NEW));
                    held.put(event.jobId(), new ArrayDeque<>());
                } else if (held.containsKey(event.jobId())) {
                    held.get(event.jobId()).add(event);
                } else {
                    lanes.accept(event);
                }
            }
            if (!events.isEmpty()) {
                lanes.flush();
            }
        }

        @Override
        public boolean expectsEvents() {
            return anyDispatched;
        }

        @Override
        public void dispatched(TaskKey task) {
            anyDispatched = true;
            Queue<StorageEvent<?>> rest = held.remove(task.job());
            if (rest != null && storage.isUnfinished(task.job())) {
                rest.forEach(lanes);
                lanes.flush();
            }
        }
    }
}
