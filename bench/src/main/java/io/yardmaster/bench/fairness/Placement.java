package io.yardmaster.bench.fairness;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where jobs lie and whose they are: 7 of 10 in shard 0, the others in turn over all other partitions. Group 1
 * and group 2 have one job each, and each further one twice as many as the one before.
 */
record Placement(int lanes, List<PlacedJob> jobs) {
    /** The fewest jobs of which each partition gets one. */
    static int fewest(int lanes) {
        return 10 * Math.max(1, (lanes + 1) / 3);
    }

    record PlacedJob(long id, long group, int lane) {}

    static Placement of(int lanes, int jobs) {
        return new Placement(
                lanes,
                IntStream.range(0, jobs).mapToObj(job -> place(lanes, job)).toList());
    }

    private static PlacedJob place(int lanes, int job) {
        int elsewhere =
                switch (job % 10) {
                    case 1 -> 0;
                    case 4 -> 1;
                    case 8 -> 2;
                    default -> -1;
                };
        int lane = lanes == 1 || elsewhere < 0 ? 0 : 1 + (job / 10 * 3 + elsewhere) % (lanes - 1);
        int group = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(job);
        return new PlacedJob(1 + job, group, lane);
    }

    int lane(long job) {
        return jobs.get(Math.toIntExact(job - 1)).lane();
    }

    List<Long> jobIds() {
        return jobs.stream().map(PlacedJob::id).toList();
    }

    List<Long> groups() {
        return jobs.stream().map(PlacedJob::group).distinct().toList();
    }
}
