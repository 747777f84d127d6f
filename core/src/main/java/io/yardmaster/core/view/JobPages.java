package io.yardmaster.core.view;

import io.yardmaster.core.admission.Level;
import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.ending.EndingQueues;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.limits.LimitsView;
import io.yardmaster.core.state.Fifo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Pages through jobs: the active ones by their priority and their seats, beginning with the one that has the next turn; the
 * pending ones by their priority and arrival; then those that wait for limits, list by list, and the paused and the finalizing ones, queue by queue. So a job that stays in its queue is listed once, whatever
 * happens between two pages. The end of a page is written as a letter and numbers.
 */
final class JobPages {
    /** At most so many jobs of a queue are read for one page. */
    private static final int MOST_STEPS = 5_000;

    private static final String ACTIVE = "a";
    private static final String PENDING = "p";
    private static final String PARKED = "l";
    private static final String PAUSED = "z";
    private static final String COMMITS = "c";
    private static final String CLEANUPS = "k";
    private static final String GATES = "g";

    private final JobTable jobs;
    private final OptionalLong session;
    private final EndingQueues queues;
    private final AgeClock clock;
    private final Pool pool;
    private final LimitsView limits;
    private final Positions positions;
    private final List<JobView> found = new ArrayList<>();

    /** @param level of the last job on the page before, if it is active or pending */
    private record Cursor(String part, long first, long second, int level) {
        static Cursor start(String part) {
            return new Cursor(part, -1, -1, 0);
        }

        static Cursor parse(String text) {
            String[] parts = text.split(":", -1);
            try {
                return new Cursor(
                        parts[0],
                        Long.parseLong(parts[1]),
                        parts.length > 2 ? Long.parseLong(parts[2]) : -1,
                        parts.length > 3 ? Integer.parseInt(parts[3]) : 0);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("not the end of a page: " + text, e);
            }
        }

        String text() {
            return part + ":" + first + ":" + second + (level == 0 ? "" : ":" + level);
        }
    }

    JobPages(JobTable jobs, OptionalLong session, EndingQueues queues, AgeClock clock, Pool pool, LimitsView limits) {
        this.jobs = jobs;
        this.session = session;
        this.queues = queues;
        this.clock = clock;
        this.pool = pool;
        this.limits = limits;
        this.positions = new Positions(queues, clock, pool, session);
    }

    JobPage page(JobQuery query) {
        Cursor next = query.after().map(Cursor::parse).orElse(Cursor.start(ACTIVE));
        while (next != null && found.size() < query.limit()) {
            Cursor at = next;
            next = switch (at.part()) {
                case ACTIVE -> query.wants(JobView.State.ACTIVE) ? active(at, query) : Cursor.start(PENDING);
                case PENDING -> query.wants(JobView.State.PENDING) ? pending(at, query) : Cursor.start(PARKED);
                case PARKED -> query.wants(JobView.State.PARKED) ? parked(at, query) : Cursor.start(PAUSED);
                case PAUSED -> query.wants(JobView.State.PAUSED) ? queued(at, query) : Cursor.start(COMMITS);
                case COMMITS, CLEANUPS, GATES -> query.wants(JobView.State.FINALIZING) ? queued(at, query) : null;
                default -> throw new IllegalArgumentException("not the end of a page: " + at.text());
            };
            if (next != null && next.part().equals(at.part())) {
                break;
            }
        }
        return new JobPage(found, Optional.ofNullable(next).map(Cursor::text));
    }

    /**
     * Lists the seats from {@code at.first()} upwards, then the lower ones. {@code at.second()} is the last seat on the page
     * before.
     */
    private Cursor active(Cursor at, JobQuery query) {
        List<Job> next = pool.turns().upcoming(1);
        long anchor = at.first() >= 0 ? at.first() : next.isEmpty() ? 0 : next.get(0).seat;
        Comparator<Job> order =
                Comparator.<Job>comparingInt(job -> -job.level).thenComparingLong(job -> fromAnchor(job.seat, anchor));
        long after = at.second() < 0 ? Long.MIN_VALUE : fromAnchor(at.second(), anchor);
        int level = at.second() < 0 ? Integer.MAX_VALUE : at.level();
        PriorityQueue<Job> first = new PriorityQueue<>(order.reversed());
        boolean more = false;
        for (Job job : pool.active()) {
            boolean isBehind = job.level < level || (job.level == level && fromAnchor(job.seat, anchor) > after);
            if (query.wants(job) && isBehind) {
                first.add(job);
                if (first.size() > query.limit() - found.size()) {
                    first.poll();
                    more = true;
                }
            }
        }
        List<Job> page = new ArrayList<>(first);
        page.sort(order);
        Map<Job, Long> turns = new HashMap<>();
        page.forEach(job -> turns.put(job, 0L));
        pool.turns().turnsBefore((job, before) -> turns.computeIfPresent(job, (j, none) -> before));
        for (Job job : page) {
            found.add(JobView.of(
                    job, JobView.State.ACTIVE, OptionalLong.of(turns.getOrDefault(job, 0L)), true, session, clock));
        }
        Job last = more ? page.get(page.size() - 1) : null;
        return last == null ? Cursor.start(PENDING) : new Cursor(ACTIVE, anchor, last.seat, last.level);
    }

    private static long fromAnchor(long seat, long anchor) {
        return seat >= anchor ? seat - anchor : Long.MAX_VALUE / 2 + seat;
    }

    /** {@code at.first()} is the arrival of the last job on the page before, {@code at.second()} the number listed so far. */
    private Cursor pending(Cursor at, JobQuery query) {
        boolean isStart = at.first() < 0;
        Cursor latest = new Cursor(PENDING, at.first(), Math.max(0, at.second()), at.level());
        for (Level level : pool.levels()) {
            if (isStart || level.priority() <= at.level()) {
                boolean isBegun = !isStart && level.priority() == at.level();
                PendingOrder order = new PendingOrder(level, query.group(), isBegun ? at.first() : -1);
                for (Fifo.Entry entry = order.next(); entry != null; entry = order.next()) {
                    if (found.size() == query.limit()) {
                        return latest;
                    }
                    boolean exact = isStart && level.pending().isByArrival();
                    found.add(pending(entry.job(), latest.second(), exact, query));
                    latest = new Cursor(PENDING, entry.stamp(), latest.second() + 1, level.priority());
                }
            }
        }
        return Cursor.start(PARKED);
    }

    /** {@code at.first()} is the list of the last job on the page before, {@code at.second()} its place there. */
    private Cursor parked(Cursor at, JobQuery query) {
        Cursor latest = at;
        int steps = 0;
        for (LimitsView.JobList list : limits.lists(at.first())) {
            long place = list.id() == at.first() ? at.second() + 1 : list.jobs().head();
            Fifo.Entry entry = list.jobs().from(place);
            for (; entry != null; entry = list.jobs().from(entry.place() + 1)) {
                if (found.size() == query.limit() || steps++ == MOST_STEPS) {
                    return latest;
                }
                Job job = jobs.look(entry.job());
                if (job != null
                        && query.wants(job)
                        && Positions.state(job) == JobView.State.PARKED
                        && limits.firstList(job) == list.id()) {
                    found.add(positions.view(job));
                }
                latest = new Cursor(PARKED, list.id(), entry.place(), 0);
            }
        }
        return Cursor.start(PAUSED);
    }

    private JobView pending(long id, long ahead, boolean exact, JobQuery query) {
        Job job = Objects.requireNonNull(jobs.look(id), "a pending job has no record");
        return query.group().isPresent()
                ? positions.view(job)
                : JobView.of(job, JobView.State.PENDING, OptionalLong.of(ahead), exact, session, clock);
    }

    private @Nullable Cursor queued(Cursor at, JobQuery query) {
        Fifo queue =
                switch (at.part()) {
                    case PAUSED -> pool.paused().jobs();
                    case COMMITS -> queues.commits();
                    case CLEANUPS -> queues.cleanups();
                    default -> queues.gates();
                };
        long latest = at.first();
        int steps = 0;
        for (Fifo.Entry entry = queue.from(latest + 1); entry != null; entry = queue.from(latest + 1)) {
            if (found.size() == query.limit() || steps++ == MOST_STEPS) {
                return new Cursor(at.part(), latest, -1, 0);
            }
            Job job = jobs.look(entry.job());
            boolean isListedBefore = at.part().equals(GATES) && job != null && job.isPaused();
            if (job != null && query.wants(job) && !isListedBefore) {
                found.add(positions.view(job));
            }
            latest = entry.place();
        }
        return switch (at.part()) {
            case PAUSED -> Cursor.start(COMMITS);
            case COMMITS -> Cursor.start(CLEANUPS);
            case CLEANUPS -> Cursor.start(GATES);
            default -> null;
        };
    }
}
