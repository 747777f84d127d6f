package io.yardmaster.torture.load;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Topic;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the events topic: it counts the answers to commands, tells which graphs have ended, and expects no more of a job that was cancelled. */
public final class Answers implements AutoCloseable {
    private final Progress progress;
    private final Sender sender;
    private final SentGraphs graphs;
    private final AtomicInteger answers = new AtomicInteger();
    private final Follower<JobEvent> follower;

    public Answers(Map<String, String> settings, Sender sender, Progress progress, SentGraphs graphs) {
        this.sender = sender;
        this.progress = progress;
        this.graphs = graphs;
        follower = new Follower<>(settings, Topic.EVENTS, this::saw);
        follower.start();
    }

    private void saw(ConsumerRecord<Long, JobEvent> message) {
        JobEvent event = message.value();
        graphs.told(event);
        if (event.getWhat() == JobEventKind.JOB_CANCELLED) {
            progress.excuseCancelled(event.getSessionId(), event.getJobId());
        }
        if (message.headers().lastHeader(DeadLetterHeaders.SOURCE) != null) {
            answers.incrementAndGet();
        }
    }

    /** Returns whether commands have no answer yet. */
    public boolean areMissing() {
        return answers.get() < sender.answersDue();
    }

    @Override
    public void close() {
        follower.close();
    }
}
