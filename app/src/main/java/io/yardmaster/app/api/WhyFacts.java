package io.yardmaster.app.api;

import java.util.List;

/**
 * The facts that decide why a job waits. Times are epoch ms; null stands for what does not apply or is not known.
 *
 * @param job null if a shard does not answer that may know it
 * @param position as the API has it
 * @param windowFull whether its shard has used its quota, or all shards together the window
 * @param fullest the dispatch partitions with the most outstanding assignments, most first
 * @param members of the execution managers' group
 * @param group its id
 * @param givenUp assignments of it that a share group gave up, as far as dead letters are kept
 * @param fresh whether its instance knows what the execution managers have taken
 */
record WhyFacts(
        JobFacts job,
        String state,
        Long position,
        long buffered,
        Long readySinceMs,
        long windowCapacity,
        long windowUsed,
        boolean windowFull,
        List<Integer> fullest,
        Integer members,
        String group,
        int givenUp,
        boolean fresh,
        Long viewAgeMs,
        List<Integer> silentLanes) {}
