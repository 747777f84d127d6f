package io.yardmaster.client;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** A partition for as long as this execution manager owns it: the offsets taken from it and the offset to commit. */
final class OwnedPartition {
    private final CommitTracker tracker;
    private final Set<Execution> inFlight = new LinkedHashSet<>();
    private OffsetAndMetadata committed;

    /** @param start the group's committed offset, or the first offset read if there is none */
    OwnedPartition(OffsetAndMetadata start) {
        this.tracker = new CommitTracker(start.offset(), DoneAhead.decode(start.offset(), start.metadata()));
        this.committed = new OffsetAndMetadata(start.offset(), start.metadata());
    }

    CommitTracker tracker() {
        return tracker;
    }

    Set<Execution> inFlight() {
        return inFlight;
    }

    /** Empty if the group has committed it already. */
    Optional<OffsetAndMetadata> toCommit() {
        long position = tracker.position();
        var next = new OffsetAndMetadata(position, tracker.doneAhead().encode(position));
        return next.equals(committed) ? Optional.empty() : Optional.of(next);
    }

    void committed(OffsetAndMetadata offset) {
        committed = offset;
    }
}
