package io.yardmaster.bench.fairness;

import io.yardmaster.bench.fairness.Placement.PlacedJob;
import io.yardmaster.bench.report.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Time and again all partitions dispatch, and an event of a newer session comes to one of them: how long the others go
 * on with the older one.
 */
final class SessionBumps {
    private static final int BACKLOG = 20_000;
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final int JITTER_MILLIS = 200;
    private static final long QUIET_MILLIS = 1_000;
    private static final long SEED = 20_261_124;

    private final MeasuredDeployment deployment;
    private final Placement placement;
    private final Random random = new Random(SEED);
    private long session;

    /** @param session of which all partitions have a backlog */
    SessionBumps(MeasuredDeployment deployment, Placement placement, long session) {
        this.deployment = deployment;
        this.placement = placement;
        this.session = session;
    }

    /**
     * What was seen.
     *
     * @param millis from when the broker had the event until it had the last assignment of the older session that came
     *     from another partition
     */
    record Result(MeasuredDeployment.Shape shape, Sample millis) {}

    Result run(int times) {
        List<Double> millis = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            if (time > 0) {
                keepBusy();
            }
            millis.add(bump(time % placement.lanes()));
        }
        return new Result(deployment.shape(), new Sample(millis));
    }

    private void keepBusy() {
        int before = deployment.reader().count();
        deployment.sender().backlog(placement, session, BACKLOG);
        Patience.await(
                "every shard dispatches session " + session,
                () -> EvennessRound.lanesIn(deployment.reader().seenAfter(before), placement) == placement.lanes());
        // At any moment of what the partitions do in turns.
        Patience.pause(BUSY.plusMillis(random.nextInt(JITTER_MILLIS)));
    }

    private double bump(int lane) {
        int before = deployment.reader().count();
        long older = session++;
        PlacedJob job = placement.jobs().stream()
                .filter(placed -> placed.lane() == lane)
                .findFirst()
                .orElseThrow();
        long begun = deployment.sender().one(job, session);
        Patience.await("session " + session + " is dispatched", () -> {
            List<Seen> seen = deployment.reader().seenAfter(before);
            return seen.stream().anyMatch(one -> one.session() > older)
                    && System.currentTimeMillis() - last(seen, older, -1, begun) > QUIET_MILLIS;
        });
        return last(deployment.reader().seenAfter(before), older, lane, begun) - begun;
    }

    /** When the last assignment of the older session came, from another partition than the one. */
    private long last(List<Seen> seen, long older, int butLane, long begun) {
        return seen.stream()
                .filter(one -> one.session() <= older && placement.lane(one.job()) != butLane)
                .mapToLong(Seen::at)
                .reduce(begun, Math::max);
    }
}
