package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementView;
import io.yardmaster.schemas.Host;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** Lets only those heartbeats pass whose host can get assignments. */
final class HeartbeatCheck {
    private final LongSupplier wallClock;
    private final ToIntFunction<String> partitions;

    /**
     * Makes a check.
     *
     * @param wallClock the present time as the machine has it
     * @param partitions the number of partitions of a pool's dispatch topic; 0 while it is not known
     */
    HeartbeatCheck(LongSupplier wallClock, ToIntFunction<String> partitions) {
        this.wallClock = wallClock;
        this.partitions = partitions;
    }

    /**
     * The host of a heartbeat; empty while it is not known whether its partition is there, as at a start. The next heartbeat comes soon.
     * An assignment for a partition that is not there would hold up the stream thread, and then fail it.
     *
     * @param heard the time at which it was heard, by the clock of placement
     * @param known of hosts that were heard before, whose partitions were there
     * @throws InvalidEventException with the reason if it makes no sense
     */
    Optional<io.yardmaster.core.placement.Host> host(Host host, byte[] key, long heard, PlacementView known) {
        var described = PlacementEvents.host(host, key, heard, wallClock.getAsLong());
        int partition = described.dispatchPartition();
        boolean wasThere = known.host(described.pool(), described.name())
                .filter(before -> before.dispatchPartition() == partition)
                .isPresent();
        int count = partitions.applyAsInt(described.pool());
        if (wasThere || partition < count) {
            return Optional.of(described);
        }
        if (count == 0) {
            return Optional.empty();
        }
        throw new InvalidEventException("host %s has dispatch_partition %s: the topic of pool %s has %s partitions"
                .formatted(described.name(), partition, described.pool(), count));
    }
}
