package io.yardmaster.bench.fairness;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Gives every job an endless backlog and counts the assignments of each. */
final class EvennessRound {
    static final String BY_JOB = "job";
    static final String BY_GROUP = "resource-group";
    /** Groups have weights, and the assignments of each are divided by its weight. */
    static final String WEIGHTED = "weighted";

    static final int BACKLOG = 200_000;

    private EvennessRound() {}

    /**
     * The measurements of a round.
     *
     * @param parties number of jobs, or groups, compared
     * @param mostOutstanding the largest number of assignments surely outstanding at once
     */
    record Result(
            MeasuredDeployment.Layout layout,
            List<Integer> shardsPerInstance,
            int parties,
            Evenness.Ratios ratios,
            double perSecond,
            long mostOutstanding,
            int capacity) {}

    static Result run(MeasuredDeployment deployment, Placement placement, long session, FairnessOptions options) {
        boolean byGroup = !deployment.layout().fairness().equals(BY_JOB);
        boolean weighted = deployment.layout().fairness().equals(WEIGHTED);
        List<Long> everybody = byGroup ? placement.groups() : placement.jobIds();
        ToLongFunction<Seen> of = byGroup ? Seen::group : Seen::job;
        DispatchReader reader = deployment.reader();

        if (weighted) {
            deployment.weigh(placement);
        }
        deployment.sender().backlog(placement, session, BACKLOG);
        Patience.await("every shard dispatches", () -> shardsIn(reader.seenAfter(0), placement) == placement.shards());
        Patience.pause(options.warmup());
        long from = System.currentTimeMillis();
        long to = from + options.intervals() * options.interval().toMillis();
        Patience.pause(Duration.ofMillis(to - from));
        Patience.await("the intervals are over", () -> reader.seenUntil() > to);

        List<Seen> seen = reader.seenAfter(0);
        return new Result(
                deployment.layout(),
                deployment.shardsPerInstance(),
                everybody.size(),
                Evenness.ratios(
                        seen,
                        of,
                        party -> weighted ? Placement.weight(party) : 1,
                        everybody,
                        from,
                        to,
                        options.interval().toMillis()),
                Evenness.rate(seen, from, to),
                MostOutstanding.of(seen, deployment.fleet().taken()),
                deployment.capacity());
    }

    static int shardsIn(List<Seen> seen, Placement placement) {
        return seen.stream()
                .map(one -> placement.shard(one.job()))
                .collect(Collectors.toSet())
                .size();
    }
}
