package io.yardmaster.client;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;

/** Remembers all reports, by assignment ids. */
final class Recorder implements ReportListener {
    private final Queue<Long> completed = new ConcurrentLinkedQueue<>();
    private final Queue<Map.Entry<Long, Integer>> failed = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Map.Entry<Long, DropReason>> dropped = new ConcurrentLinkedQueue<>();
    private final Queue<String> killed = new ConcurrentLinkedQueue<>();
    private final Queue<Map.Entry<Long, Integer>> exhausted = new ConcurrentLinkedQueue<>();
    private final Queue<Long> unreadable = new ConcurrentLinkedQueue<>();

    @Override
    public void completed(Assignment assignment) {
        completed.add(assignment.id());
    }

    @Override
    public void failed(Assignment assignment, Exception lastError, int tries) {
        failed.add(Map.entry(assignment.id(), tries));
        failures.add(assignment.id() + " " + lastError.getMessage() + " after " + tries);
    }

    @Override
    public void refused(Assignment assignment, String reason) {
        refused.add(assignment.id() + " " + reason);
    }

    @Override
    public void dropped(Assignment assignment, DropReason reason) {
        dropped.add(Map.entry(assignment.id(), reason));
    }

    @Override
    public void killed(Assignment assignment, String reason, String by) {
        killed.add(reason + ", " + by);
        ReportListener.super.killed(assignment, reason, by);
    }

    @Override
    public void exhausted(Assignment assignment, int deliveries) {
        exhausted.add(Map.entry(assignment.id(), deliveries));
    }

    @Override
    public void unreadable(TopicPartition partition, long offset, String reason) {
        unreadable.add(offset);
    }

    List<Long> completed() {
        return List.copyOf(completed);
    }

    /** Each with the number of tries. */
    List<Map.Entry<Long, Integer>> failed() {
        return List.copyOf(failed);
    }

    /** The id, error and tries of each failure. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The id and reason of each refusal. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Each with its reason. */
    List<Map.Entry<Long, DropReason>> dropped() {
        return List.copyOf(dropped);
    }

    List<Long> dropped(DropReason reason) {
        return dropped.stream()
                .filter(report -> report.getValue() == reason)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The reason of each kill, and who asked for it. */
    List<String> killed() {
        return List.copyOf(killed);
    }

    /** Each with the number of deliveries. */
    List<Map.Entry<Long, Integer>> exhausted() {
        return List.copyOf(exhausted);
    }

    /** The offsets of unreadable records. */
    List<Long> unreadable() {
        return List.copyOf(unreadable);
    }
}
