package io.yardmaster.core.placement;

import java.util.List;

/** Tasks that wait for a place and start together: one gang, or a single task. */
public final class OfferedUnit {
    private final Offer offer;
    private final List<Long> assignments;
    private final byte[] envelope;

    /**
     * Tasks that wait.
     *
     * @param offer of one gang, or one task
     * @param assignments the id of the assignment of each task
     * @param envelope whatever the caller needs to make the assignments of
     * @throws IllegalArgumentException if the numbers of tasks differ
     */
    public OfferedUnit(Offer offer, List<Long> assignments, byte[] envelope) {
        if (offer.tasks() != offer.gangSize() || offer.tasks() != assignments.size()) {
            throw new IllegalArgumentException("%s tasks in gangs of %s with %s assignments are no unit"
                    .formatted(offer.tasks(), offer.gangSize(), assignments.size()));
        }
        this.offer = offer;
        this.assignments = List.copyOf(assignments);
        this.envelope = envelope.clone();
    }

    public Offer offer() {
        return offer;
    }

    public List<Long> assignments() {
        return assignments;
    }

    /** The bytes that the caller gave. */
    public byte[] envelope() {
        return envelope.clone();
    }

    /** The task at a place from 0 on. */
    TaskRef task(int place) {
        return offer.task(offer.firstTask() + place);
    }

    /** The id of the assignment of a task. */
    public long assignment(TaskRef task) {
        return assignments.get(task.task() - offer.firstTask());
    }

    OfferedUnit at(long order) {
        return with(order, offer.priority());
    }

    OfferedUnit withPriority(int priority) {
        return with(offer.order(), priority);
    }

    private OfferedUnit with(long order, int priority) {
        Offer ordered = new Offer(
                order,
                offer.job(),
                offer.group(),
                offer.session(),
                offer.stage(),
                offer.firstTask(),
                offer.tasks(),
                offer.attempt(),
                offer.requirement(),
                priority,
                offer.gangSize(),
                offer.expectedMs(),
                offer.preemptible());
        return new OfferedUnit(ordered, assignments, envelope);
    }
}
