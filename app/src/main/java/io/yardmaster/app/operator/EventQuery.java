package io.yardmaster.app.operator;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobPartition;
import java.time.Duration;
import java.util.Optional;

/**
 * The events that somebody wants to see.
 *
 * @param job only those about this job
 * @param group only those about jobs of this resource group
 * @param since only those that the broker got within this time before now
 */
public record EventQuery(Optional<Long> job, Optional<Long> group, Optional<Duration> since) {

    boolean matches(JobEvent event) {
        return job.map(wanted -> wanted == event.getJobId()).orElse(true)
                && group.map(wanted -> wanted == event.getResourceGroupId()).orElse(true);
    }

    /** Returns whether such an event can be in this partition. */
    boolean reaches(int partition, int partitions) {
        return job.map(wanted -> JobPartition.of(wanted, partitions) == partition)
                .orElse(true);
    }
}
