package io.yardmaster.bench.fairness;

import io.yardmaster.bench.fairness.Placement.PlacedJob;
import io.yardmaster.bench.report.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Again and again all shards dispatch, and an event of a newer session comes to one of them. Measures how long the
 * others go on with the older session.
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

    /** @param session in which all shards have a backlog */
    SessionBumps(MeasuredDeployment deployment, Placement placement, long session) {
        this.deployment = deployment;
        this.placement = placement;
        this.session = session;
    }

    /**
     * The measurements of a deployment.
     *
     * @param millis from the broker's time of the event to that of the older session's last assignment from another
     *     shard
     */
    record Result(MeasuredDeployment.Layout layout, Sample millis) {}

    Result run(int times) {
        List<Double> millis = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            if (time > 0) {
                keepBusy();
            }
            millis.add(bump(time % placement.shards()));
        }
        return new Result(deployment.layout(), new Sample(millis));
    }

    private void keepBusy() {
        int before = deployment.reader().count();
        deployment.sender().backlog(placement, session, BACKLOG);
        Patience.await(
                "every shard dispatches session " + session,
                () -> EvennessRound.shardsIn(deployment.reader().seenAfter(before), placement) == placement.shards());
        // At a random point of the cycle.
        Patience.pause(BUSY.plusMillis(random.nextInt(JITTER_MILLIS)));
    }

    private double bump(int shard) {
        int before = deployment.reader().count();
        long older = session++;
        PlacedJob job = placement.jobs().stream()
                .filter(placed -> placed.shard() == shard)
                .findFirst()
                .orElseThrow();
        long begun = deployment.sender().one(job, session);
        Patience.await("session " + session + " is dispatched", () -> {
            List<Seen> seen = deployment.reader().seenAfter(before);
            return seen.stream().anyMatch(one -> one.session() > older)
                    && System.currentTimeMillis() - last(seen, older, -1, begun) > QUIET_MILLIS;
        });
        return last(deployment.reader().seenAfter(before), older, shard, begun) - begun;
    }

    /** The time of the older session's last assignment from another shard than this one. */
    private long last(List<Seen> seen, long older, int otherThan, long begun) {
        return seen.stream()
                .filter(one -> one.session() <= older && placement.shard(one.job()) != otherThan)
                .mapToLong(Seen::at)
                .reduce(begun, Math::max);
    }
}
