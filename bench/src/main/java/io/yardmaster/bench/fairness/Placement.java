package io.yardmaster.bench.fairness;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The shard and the group of each job: 7 of 10 jobs lie in shard 0, the others in turn in all other shards. Groups 1
 * and 2 have one job each, and each further group twice as many as the one before.
 */
record Placement(int shards, List<PlacedJob> jobs) {
    /** The fewest jobs of which each shard gets one. */
    static int fewest(int shards) {
        return 10 * Math.max(1, (shards + 1) / 3);
    }

    record PlacedJob(long id, long group, int shard) {}

    static Placement of(int shards, int jobs) {
        return new Placement(
                shards,
                IntStream.range(0, jobs).mapToObj(job -> place(shards, job)).toList());
    }

    private static PlacedJob place(int shards, int job) {
        int elsewhere =
                switch (job % 10) {
                    case 1 -> 0;
                    case 4 -> 1;
                    case 8 -> 2;
                    default -> -1;
                };
        int shard = shards == 1 || elsewhere < 0 ? 0 : 1 + (job / 10 * 3 + elsewhere) % (shards - 1);
        int group = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(job);
        return new PlacedJob(1 + job, group, shard);
    }

    /** The weights with which groups are measured: 1, 2, 4, 8 and again from 1. */
    static double weight(long group) {
        return 1 << (group - 1) % 4;
    }

    int shard(long job) {
        return jobs.get(Math.toIntExact(job - 1)).shard();
    }

    List<Long> jobIds() {
        return jobs.stream().map(PlacedJob::id).toList();
    }

    List<Long> groups() {
        return jobs.stream().map(PlacedJob::group).distinct().toList();
    }
}
