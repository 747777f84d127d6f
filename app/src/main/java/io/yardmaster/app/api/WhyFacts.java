package io.yardmaster.app.api;

import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.view.JobLocation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The facts that decide why a job waits.
 *
 * @param job empty if only a shard that does not answer may know it
 * @param windowUsed outstanding assignments
 * @param windowFull whether its shard, or all shards together, have as many outstanding assignments as they may
 * @param fullest if the window is full, the dispatch partitions with the most outstanding assignments, most first
 * @param members of the execution managers' group; empty if Kafka cannot be asked
 * @param group its id
 * @param givenUp assignments of the job that a share group gave up, as far as dead letters are kept
 * @param fresh whether the job's instance knows what the execution managers have taken
 * @param limit the first limit for which a task of the job waits; empty if none does
 * @param hosts the tasks of the job that wait for hosts
 * @param viewAgeMs how old that knowledge is; empty if the job is in no shard that answers
 */
record WhyFacts(
        Optional<JobLocation> job,
        long windowCapacity,
        long windowUsed,
        boolean windowFull,
        List<Integer> fullest,
        OptionalInt members,
        String group,
        int givenUp,
        boolean fresh,
        OptionalLong viewAgeMs,
        List<Integer> silentShards,
        Optional<LimitNeed> limit,
        List<HostWait> hosts) {}
