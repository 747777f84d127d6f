package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A partition of the dispatch topic: assignments and markers at offsets, and the fleet's committed offset. */
final class SimulatedPartition {
    /** @param assignment null for a marker */
    record Entry(TaskAssignment assignment, SimulatedTransaction transaction) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<SimulatedTransaction, Integer> unmarked = new LinkedHashMap<>();
    private int taken;

    int append(TaskAssignment assignment, SimulatedTransaction transaction) {
        transaction.partitions.add(this);
        unmarked.putIfAbsent(transaction, entries.size());
        entries.add(new Entry(assignment, transaction));
        return entries.size() - 1;
    }

    boolean awaits(SimulatedTransaction transaction) {
        return unmarked.containsKey(transaction);
    }

    /** Writes the marker of a transaction that is decided. */
    void mark(SimulatedTransaction transaction) {
        unmarked.remove(transaction);
        entries.add(new Entry(null, transaction));
    }

    int end() {
        return entries.size();
    }

    /** First offset that read_committed consumers do not see. */
    int stable() {
        return unmarked.values().stream().mapToInt(first -> first).min().orElse(entries.size());
    }

    /** Null for a marker or an aborted assignment. */
    TaskAssignment visible(int offset) {
        Entry entry = entries.get(offset);
        return entry.transaction().state == SimulatedTransaction.State.COMMITTED ? entry.assignment() : null;
    }

    void addVisible(SimulatedTransaction transaction, List<TaskAssignment> to) {
        for (Entry entry : entries.subList(unmarked.get(transaction), entries.size())) {
            if (entry.transaction() == transaction && entry.assignment() != null) {
                to.add(entry.assignment());
            }
        }
    }

    /** The offset that the fleet's group has committed. */
    int taken() {
        return taken;
    }

    void take(int offset) {
        taken = offset;
    }

    /** Commits like a consumer whose position has moved on over markers and aborted assignments. */
    void passMarkers() {
        while (taken < stable() && visible(taken) == null) {
            taken++;
        }
    }

    /** Hands over each assignment that is not taken. */
    void outstanding(BiConsumer<TaskAssignment, SimulatedTransaction> counter) {
        for (Entry entry : entries.subList(taken, entries.size())) {
            if (entry.assignment() != null) {
                counter.accept(entry.assignment(), entry.transaction());
            }
        }
    }
}
