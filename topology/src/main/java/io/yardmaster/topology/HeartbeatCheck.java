package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementView;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobPartition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only those heartbeats pass whose host can get assignments. */
final class HeartbeatCheck {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatCheck.class);
    /** Bounds what strange heartbeats leave in memory and in the log. */
    private static final int MOST_NAMED = 100;

    private final int shard;
    private final int shards;
    private final LongSupplier wallClock;
    private final ToIntFunction<String> partitions;
    /** The pools that place no tasks on hosts, and of which the log has said so. */
    private final Set<String> named = new HashSet<>();

    /**
     * Makes a check.
     *
     * @param shard the partition from which heartbeats come, of so many {@code shards}
     * @param wallClock the present time as the machine has it
     * @param partitions the number of partitions of a pool's dispatch topic; 0 while it is not known
     */
    HeartbeatCheck(int shard, int shards, LongSupplier wallClock, ToIntFunction<String> partitions) {
        this.shard = shard;
        this.shards = shards;
        this.wallClock = wallClock;
        this.partitions = partitions;
    }

    /** Says once for a pool that its heartbeats have no effect, because the policy does not have its tasks placed on hosts. */
    void passedOver(Host host) {
        String pool = host.getPool();
        if (named.size() < MOST_NAMED && named.add(pool)) {
            LOG.warn(
                    "heartbeats of pool {} are passed over, such as that of host {}: it places no tasks on hosts (placement=hosts in the policy)",
                    pool,
                    host.getHost());
        }
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
        checkPlace(key, described.pool());
        named.remove(described.pool());
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

    /** A pool's hosts and its tasks must meet in one shard: a host in another one would get nothing, and nobody would know why. */
    private void checkPlace(byte[] key, String pool) {
        int home = JobPartition.ofKey(key, shards);
        if (shard != home) {
            throw new InvalidEventException(
                    "heartbeats of pool %s belong in partition %s of %s, where Kafka's default partitioner (murmur2) puts their key, but this one lies in partition %s; clients on librdkafka (Python, Go, C#, Rust, kcat) need partitioner=murmur2_random"
                            .formatted(pool, home, shards, shard));
        }
    }
}
