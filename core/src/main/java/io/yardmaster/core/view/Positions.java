package io.yardmaster.core.view;

import io.yardmaster.core.admission.Group;
import io.yardmaster.core.admission.Level;
import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.ending.EndingQueues;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.Fifo;
import java.util.OptionalLong;

/** The distance of jobs from their turn. */
final class Positions {
    /** At most so many groups are asked how many of their jobs arrived earlier; each further group counts as one job. */
    private static final int MOST_GROUPS = 200;

    private final EndingQueues queues;
    private final AgeClock clock;
    private final Pool pool;
    private final OptionalLong session;

    private record Position(OptionalLong value, boolean exact) {
        static final Position NONE = new Position(OptionalLong.empty(), true);

        static Position of(long value, boolean exact) {
            return new Position(OptionalLong.of(value), exact);
        }
    }

    Positions(EndingQueues queues, AgeClock clock, Pool pool, OptionalLong session) {
        this.queues = queues;
        this.clock = clock;
        this.pool = pool;
        this.session = session;
    }

    JobView view(Job job) {
        Position position = job.isPaused()
                ? Position.NONE
                : switch (job.phase) {
                    case ACTIVE -> active(job);
                    case PENDING -> pending(job);
                    case FINALIZING -> finalizing(job);
                    case IDLE -> Position.NONE;
                };
        return JobView.of(job, state(job), position.value(), position.exact(), session, clock);
    }

    static JobView.State state(Job job) {
        if (job.isPaused()) {
            return JobView.State.PAUSED;
        }
        return switch (job.phase) {
            case ACTIVE -> JobView.State.ACTIVE;
            case PENDING -> JobView.State.PENDING;
            case FINALIZING -> JobView.State.FINALIZING;
            case IDLE -> job.waiting() > 0 ? JobView.State.PARKED : JobView.State.IDLE;
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
        for (Level level : pool.levels()) {
            if (level.priority() == job.level) {
                return pending(job, level, ahead);
            }
            ahead += level.pending().size();
        }
        throw new IllegalStateException("job " + job.id + " is pending in a level without jobs");
    }

    private static Position pending(Job job, Level level, long inHigherLevels) {
        long ahead = inHigherLevels;
        boolean exact = level.pending().isByArrival();
        int asked = 0;
        for (Group group : level.pending().beginningBefore(job.arrival)) {
            if (asked++ < MOST_GROUPS) {
                boolean own = group.id() == job.group;
                long place = own ? job.pendingPlace : group.pending().placeAbove(job.arrival);
                ahead += Math.min(
                        group.pending().size() - (own ? 1 : 0),
                        place - group.pending().head());
                exact &= group.pending().isDense();
            } else {
                ahead++;
                exact = false;
            }
        }
        return Position.of(ahead, exact);
    }

    private Position finalizing(Job job) {
        if (job.commitPlace != Job.NOWHERE) {
            return place(queues.commits(), job.commitPlace);
        }
        return job.cleanupPlace == Job.NOWHERE ? Position.NONE : place(queues.cleanups(), job.cleanupPlace);
    }

    private static Position place(Fifo queue, long place) {
        return Position.of(Math.min(queue.size() - 1, place - queue.head()), queue.isDense());
    }
}
