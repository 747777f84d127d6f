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
        this(List.copyOf(assignments), envelope.clone(), offer);
    }

    /** Shares the envelope. */
    private OfferedUnit(List<Long> assignments, byte[] envelope, Offer offer) {
        if (offer.tasks() != offer.gangSize() || offer.tasks() != assignments.size()) {
            throw new IllegalArgumentException("%s tasks in gangs of %s with %s assignments are no unit"
                    .formatted(offer.tasks(), offer.gangSize(), assignments.size()));
        }
        this.offer = offer;
        this.assignments = assignments;
        this.envelope = envelope;
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

    int envelopeSize() {
        return envelope.length;
    }

    /** True if both share an envelope. */
    boolean hasEnvelopeOf(OfferedUnit other) {
        return envelope == other.envelope;
    }

    /** Other tasks that share the envelope. */
    public OfferedUnit withEnvelope(Offer other, List<Long> itsAssignments) {
        return new OfferedUnit(List.copyOf(itsAssignments), envelope, other);
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
        return new OfferedUnit(assignments, envelope, ordered);
    }
}
