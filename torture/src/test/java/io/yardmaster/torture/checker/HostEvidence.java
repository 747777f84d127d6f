package io.yardmaster.torture.checker;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import java.util.List;
import java.util.Map;

/**
 * The contents of the topics of a pool with hosts after a run. Times are the brokers', in ms since 1970.
 *
 * @param gangs by assignment, all assignments of the gang as which its task was offered
 * @param read the offsets of heartbeats that placement has committed, in their order
 * @param sessions by session the time of the event that began it
 * @param told the events about jobs, in no order between jobs
 * @param policy by key
 */
record HostEvidence(
        Map<Long, JobGraph> graphs,
        List<Beat> beats,
        List<Placed> placed,
        List<Ended> ended,
        Map<Long, List<Long>> gangs,
        List<Read> read,
        Map<Long, Long> sessions,
        List<JobEvent> told,
        Map<String, PolicyEntry> policy) {
    /** A heartbeat. */
    record Beat(long time, long offset, Host host) {}

    /**
     * A transaction of placement that had read all heartbeats below an offset. Its assignments and outcomes were written before.
     *
     * @param time not earlier than any of these
     */
    record Read(long time, long below) {}

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
