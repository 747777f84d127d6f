package io.yardmaster.scheduling;

import java.util.OptionalLong;

/** How far jobs are from their turn. */
final class Positions {
    /** Of more groups than that, whose oldest job came earlier, it is not looked up how many of their jobs did. */
    private static final int MOST_GROUPS = 200;

    private final Ledger ledger;
    private final Pool pool;

    private record Position(OptionalLong value, boolean exact) {
        static final Position NONE = new Position(OptionalLong.empty(), true);

        static Position of(long value, boolean exact) {
            return new Position(OptionalLong.of(value), exact);
        }
    }

    Positions(Ledger ledger, Pool pool) {
        this.ledger = ledger;
        this.pool = pool;
    }

    JobView view(Job job) {
        Position position =
                switch (job.phase) {
                    case ACTIVE -> active(job);
                    case PENDING -> pending(job);
                    case FINALIZING -> finalizing(job);
                    case IDLE -> Position.NONE;
                };
        return JobView.of(job, state(job), position.value(), position.exact(), ledger.clock);
    }

    static JobView.State state(Job job) {
        return switch (job.phase) {
            case ACTIVE -> JobView.State.ACTIVE;
            case PENDING -> JobView.State.PENDING;
            case FINALIZING -> JobView.State.FINALIZING;
            case IDLE -> JobView.State.IDLE;
        };
    }

    private Position active(Job wanted) {
        long[] turns = new long[1];
        pool.turns().turnsBefore((job, before) -> {
            if (job == wanted) {
                turns[0] = before;
            }
        });
        return Position.of(turns[0], true);
    }

    private Position pending(Job job) {
        long ahead = 0;
        boolean exact = !pool.waiting().prefersGroups();
        int looked = 0;
        for (Group group : pool.waiting().beginningBefore(job.arrival)) {
            if (looked++ < MOST_GROUPS) {
                long place = group.id == job.group ? job.pendingPlace : group.pending.placeAbove(job.arrival);
                ahead += Math.min(group.pending.size(), place - group.pending.head());
                exact &= group.pending.isDense();
            } else {
                ahead++;
                exact = false;
            }
        }
        return Position.of(ahead, exact);
    }

    private Position finalizing(Job job) {
        if (job.commitPlace != Job.NOWHERE) {
            return place(ledger.commits, job.commitPlace);
        }
        return job.cleanupPlace == Job.NOWHERE ? Position.NONE : place(ledger.cleanups, job.cleanupPlace);
    }

    private static Position place(Fifo queue, long place) {
        return Position.of(Math.min(queue.size() - 1, place - queue.head()), queue.isDense());
    }
}
