package io.yardmaster.topology;

import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobLoads;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.core.view.SchedulerView;
import io.yardmaster.topology.views.ShardLoad;
import io.yardmaster.topology.views.ShardSnapshotSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Reads the loads of shards in rounds, a few jobs of each shard in one, so that no tick takes long for it. A shard that misses a round is
 * not asked again.
 */
final class LoadQueries {
    /** The most jobs that a tick reads. */
    static final int PAGE = 25;
    /** The most jobs without a task that waits. */
    private static final int MOST_RUNNING = 200;
    /** After so many stages no further page of a shard is read. */
    private static final int MOST_STAGES = 5_000;
    /** The most that the other shards wait for the slowest one in a round. */
    private static final Duration ROUND = Duration.ofMillis(700);

    private final Asker asker;
    private final long deadline;
    private final int mostJobs;
    private final SortedMap<Integer, ShardLoads> shards = new TreeMap<>();

    /** Asks some of the shards of this instance, and returns the answers that came in time. */
    interface Asker {
        <T> SortedMap<Integer, T> ask(IntPredicate which, Function<ShardSnapshotSource, T> query, Duration timeout);
    }

    /** A shard without its jobs, and the job that is asked for if it is there. */
    private record Head(ShardLoad load, Optional<JobLoad> job) {}

    private static final class ShardLoads {
        private final Head head;
        private final Map<Long, JobLoad> jobs = new LinkedHashMap<>();
        private Optional<String> next = Optional.empty();
        private boolean begun;
        private boolean late;
        private boolean complete;
        private int ordered;
        private int stages;

        ShardLoads(Head head) {
            this.head = head;
        }

        boolean goesOn(int most) {
            return !late && jobs.size() < most && stages < MOST_STAGES && (!begun || next.isPresent());
        }

        void take(JobLoads page) {
            page.jobs().forEach(this::add);
            next = page.next();
            begun = true;
        }

        void add(JobLoad job) {
            if (jobs.putIfAbsent(job.view().job(), job) == null) {
                stages += job.graph().map(OpenGraph::stages).map(List::size).orElse(0);
            }
        }

        void endOfPages() {
            complete = begun && next.isEmpty();
            ordered = jobs.size();
            head.job().ifPresent(this::add);
        }

        List<Long> unread() {
            return head.load().running().stream()
                    .map(RunningTask::job)
                    .distinct()
                    .filter(job -> !jobs.containsKey(job))
                    .toList();
        }

        boolean toldSomething() {
            return begun || head.job().isPresent();
        }

        ShardLoad load() {
            return head.load().with(List.copyOf(jobs.values()), ordered, complete && !late);
        }
    }

    /** @param mostJobs of a shard, besides those of which tasks run and none waits */
    LoadQueries(Asker asker, int mostJobs, Duration timeout) {
        this.asker = asker;
        this.mostJobs = mostJobs;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /**
     * The loads of the shards of this instance of which at least one page came in time.
     *
     * @param job is among the jobs of its shard, if that is here
     */
    List<ShardLoad> read(long job) {
        asker.ask(shard -> true, source -> head(source, job), left())
                .forEach((number, head) -> shards.put(number, new ShardLoads(head)));
        readPages();
        shards.values().forEach(ShardLoads::endOfPages);
        readRunning();
        return shards.values().stream()
                .filter(ShardLoads::toldSomething)
                .map(ShardLoads::load)
                .toList();
    }

    private static Head head(ShardSnapshotSource source, long job) {
        return new Head(ShardLoad.of(source), source.scheduler().view().load(job));
    }

    private void readPages() {
        SortedMap<Integer, JobQuery> queries;
        do {
            queries = new TreeMap<>();
            for (Map.Entry<Integer, ShardLoads> shard : shards.entrySet()) {
                if (shard.getValue().goesOn(mostJobs)) {
                    queries.put(shard.getKey(), page(shard.getValue()));
                }
            }
            each(queries, SchedulerView::loads)
                    .forEach((number, page) -> shards.get(number).take(page));
        } while (!queries.isEmpty());
    }

    private JobQuery page(ShardLoads shard) {
        int limit = Math.min(PAGE, mostJobs - shard.jobs.size());
        return new JobQuery(OptionalLong.empty(), Optional.empty(), shard.next, limit);
    }

    private void readRunning() {
        SortedMap<Integer, List<Long>> unread = new TreeMap<>();
        shards.forEach((number, shard) -> unread.put(number, shard.unread()));
        for (int read = 0; read < MOST_RUNNING; read += PAGE) {
            SortedMap<Integer, List<Long>> next = new TreeMap<>();
            for (Map.Entry<Integer, List<Long>> jobs : unread.entrySet()) {
                int size = jobs.getValue().size();
                if (read < size && !shards.get(jobs.getKey()).late) {
                    next.put(jobs.getKey(), jobs.getValue().subList(read, Math.min(size, read + PAGE)));
                }
            }
            each(next, LoadQueries::loads).forEach((number, loads) -> loads.forEach(shards.get(number)::add));
        }
        unread.forEach((number, jobs) -> shards.get(number).complete &= jobs.size() <= MOST_RUNNING);
    }

    private static List<JobLoad> loads(SchedulerView view, List<Long> jobs) {
        return jobs.stream().flatMap(job -> view.load(job).stream()).toList();
    }

    /** The answers of shards to a question of its own for each; those of which none comes in time are late from then on. */
    private <Q, T> SortedMap<Integer, T> each(SortedMap<Integer, Q> questions, BiFunction<SchedulerView, Q, T> query) {
        Duration left = left();
        SortedMap<Integer, T> answers = new TreeMap<>();
        if (!questions.isEmpty() && !left.isZero()) {
            answers.putAll(asker.ask(
                    shard -> questions.containsKey(shard),
                    source -> query.apply(source.scheduler().view(), questions.get(source.shard())),
                    left));
        }
        questions.keySet().forEach(number -> shards.get(number).late |= !answers.containsKey(number));
        return answers;
    }

    /** The time that a round may take. */
    private Duration left() {
        long nanos = Math.max(0, deadline - System.nanoTime());
        return Duration.ofNanos(Math.min(nanos, ROUND.toNanos()));
    }
}
