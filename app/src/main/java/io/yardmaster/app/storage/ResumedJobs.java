package io.yardmaster.app.storage;

import io.yardmaster.schemas.JobExpectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Reports the tasks of jobs ready once more, except those whose assignments or outcomes are in their topics. The scheduler drops
 * tasks that it knows already.
 *
 * <p>If the dispatch topic no longer has every assignment, a task that is in neither topic either waits in the scheduler or is
 * done. The {@link Inquiry} of its job tells which.
 */
final class ResumedJobs implements EventFlow {
    private final EventSender lanes;
    private final CompletionFollower completions;
    private final LongSupplier ticker;
    private final boolean topicIsComplete;
    private final Set<TaskKey> seen = new HashSet<>();
    private final Set<Long> seenJobs = new HashSet<>();
    private final Map<TaskKey, EndedTask> ended = new HashMap<>();
    private final Map<Long, Inquiry> inquiries = new HashMap<>();
    private List<EndedTask> endedBefore = new ArrayList<>();

    /**
     * Reads dispatch and outcomes topics from their beginnings to their present ends.
     *
     * @param ticker nanoseconds of a monotonic clock
     */
    ResumedJobs(EventSender lanes, CompletionFollower completions, LongSupplier ticker) {
        this.lanes = lanes;
        this.completions = completions;
        this.ticker = ticker;
        topicIsComplete = completions.rewind();
        readDispatched();
    }

    @Override
    public void send(List<StorageEvent<?>> events) {
        for (StorageEvent<?> event : events) {
            event.tasks().filter(ended::containsKey).map(ended::get).forEach(endedBefore::add);
            List<TaskKey> unseen =
                    event.tasks().filter(task -> !seen.contains(task)).toList();
            if (unseen.isEmpty()) {
                continue;
            }
            StorageEvent<?> rest = event.only(unseen);
            boolean known = topicIsComplete && seenJobs.contains(event.jobId());
            lanes.send(rest, known ? Optional.empty() : Optional.of(JobExpectation.KNOWN));
            if (!topicIsComplete) {
                inquiries
                        .computeIfAbsent(event.jobId(), job -> new Inquiry(lanes, ticker))
                        .about(rest, unseen);
            }
        }
        if (!events.isEmpty()) {
            lanes.flush();
        }
    }

    @Override
    public void dispatched(TaskKey task) {
        seen.add(task);
        seenJobs.add(task.job());
        Inquiry inquiry = inquiries.get(task.job());
        if (inquiry != null) {
            inquiry.dispatched(task);
        }
    }

    @Override
    public void ended(EndedTask end) {
        ended.putIfAbsent(end.task(), end);
    }

    @Override
    public boolean expected(Refusal refusal) {
        Inquiry inquiry = inquiries.get(refusal.job());
        if (inquiry == null || !refusal.sender().equals(lanes.questioner())) {
            return false;
        }
        inquiry.answered(refusal.reason());
        return true;
    }

    @Override
    public List<EndedTask> endedBefore() {
        for (Inquiry inquiry : inquiries.values()) {
            if (inquiry.nothingWaits()) {
                readDispatched();
                inquiry.end().stream().map(EndedTask::done).forEach(endedBefore::add);
            } else {
                inquiry.askWhenDue();
            }
        }
        List<EndedTask> found = endedBefore;
        endedBefore = new ArrayList<>();
        return found;
    }

    private void readDispatched() {
        completions.catchUp();
        completions.dispatched().forEach(this::dispatched);
    }
}
