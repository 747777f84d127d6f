package io.yardmaster.bench.fairness;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Gives every job a backlog without an end and looks who gets how much. */
final class EvennessRound {
    static final String BY_GROUP = "resource-group";
    static final int BACKLOG = 200_000;

    private EvennessRound() {}

    /**
     * What was seen.
     *
     * @param parties how many jobs, or groups, are compared
     * @param mostOut at least so many assignments were out at once
     */
    record Result(
            MeasuredDeployment.Shape shape,
            List<Integer> lanesPerInstance,
            int parties,
            Evenness.Ratios ratios,
            double perSecond,
            long mostOut,
            int capacity) {}

    static Result run(MeasuredDeployment deployment, Placement placement, long session, FairnessOptions options) {
        boolean byGroup = deployment.shape().fairness().equals(BY_GROUP);
        List<Long> everybody = byGroup ? placement.groups() : placement.jobIds();
        ToLongFunction<Seen> of = byGroup ? Seen::group : Seen::job;
        DispatchReader reader = deployment.reader();

        deployment.sender().backlog(placement, session, BACKLOG);
        Patience.await("every shard dispatches", () -> lanesIn(reader.seenAfter(0), placement) == placement.lanes());
        Patience.pause(options.warmup());
        long from = System.currentTimeMillis();
        long to = from + options.windows() * options.window().toMillis();
        Patience.pause(Duration.ofMillis(to - from));
        Patience.await("the windows are over", () -> reader.seenUntil() > to);

        List<Seen> seen = reader.seenAfter(0);
        return new Result(
                deployment.shape(),
                deployment.lanesPerInstance(),
                everybody.size(),
                Evenness.ratios(seen, of, everybody, from, to, options.window().toMillis()),
                Evenness.rate(seen, from, to),
                MostOut.of(seen, deployment.fleet().taken()),
                deployment.capacity());
    }

    static int lanesIn(List<Seen> seen, Placement placement) {
        return seen.stream()
                .map(one -> placement.lane(one.job()))
                .collect(Collectors.toSet())
                .size();
    }
}
