package io.yardmaster.torture.checker;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import java.util.List;
import java.util.Map;

/**
 * The contents of the topics of a pool with hosts after a run. Times are the brokers', in ms since 1970.
 *
 * @param sessions by session the time of the event that began it
 * @param told the events about jobs, in no order between jobs
 */
record HostEvidence(
        Map<Long, JobGraph> graphs,
        List<Beat> beats,
        List<Placed> placed,
        List<Ended> ended,
        Map<Long, Long> sessions,
        List<JobEvent> told) {
    /** A heartbeat. */
    record Beat(long time, Host host) {}

    /** An assignment with the incarnation of its host. */
    record Placed(long time, long incarnation, TaskAssignment task) {}

    /** An outcome of an assignment. */
    record Ended(long time, TaskOutcome outcome) {
        /** Returns whether no host has said so, but the scheduler. */
        boolean isGivenBack() {
            return outcome.getWorker().equals("placement");
        }
    }
}
