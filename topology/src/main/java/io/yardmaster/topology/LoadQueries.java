package io.yardmaster.topology;

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

/** Reads the loads of shards a few jobs at a time, so that no tick takes long for it. */
final class LoadQueries {
    /** The most jobs that a tick reads. */
    private static final int PAGE = 25;
    /** The most jobs without a task that waits. */
    private static final int MOST_RUNNING = 200;

    private final Asker asker;
    private final long deadline;
    private final int mostJobs;
    private final SortedMap<Integer, Shard> shards = new TreeMap<>();

    /** Asks each shard of this instance, and returns the answers that came in time. */
    interface Asker {
        <T> SortedMap<Integer, T> ask(Function<ShardSnapshotSource, T> query, Duration timeout);
    }

    private static final class Shard {
        private final ShardLoad head;
        private final Map<Long, JobLoad> jobs = new LinkedHashMap<>();
        private Optional<String> next = Optional.empty();
        private boolean begun;
        private boolean complete;
        private int ordered;

        Shard(ShardLoad head) {
            this.head = head;
        }

        boolean goesOn(int most) {
            return jobs.size() < most && (!begun || next.isPresent());
        }

        void take(JobLoads page) {
            page.jobs().forEach(job -> jobs.putIfAbsent(job.view().job(), job));
            next = page.next();
            begun = true;
        }

        void endOfPages() {
            complete = begun && next.isEmpty();
            ordered = jobs.size();
        }

        List<Long> unread() {
            return head.running().stream()
                    .map(RunningTask::job)
                    .distinct()
                    .filter(job -> !jobs.containsKey(job))
                    .toList();
        }
    }

    private LoadQueries(Asker asker, int mostJobs, Duration timeout) {
        this.asker = asker;
        this.mostJobs = mostJobs;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /**
     * The loads of the shards of this instance that answer in time.
     *
     * @param job is among the jobs of its shard, if that is here
     * @param mostJobs of a shard, besides those of which tasks run and none waits
     */
    static List<ShardLoad> read(Asker asker, long job, int mostJobs, Duration timeout) {
        return new LoadQueries(asker, mostJobs, timeout).read(job);
    }

    private List<ShardLoad> read(long job) {
        asker.ask(ShardLoad::of, left()).forEach((shard, head) -> shards.put(shard, new Shard(head)));
        SortedMap<Integer, JobLoads> pages;
        do {
            SortedMap<Integer, JobQuery> queries = new TreeMap<>();
            shards.forEach((number, shard) -> {
                if (shard.goesOn(mostJobs)) {
                    queries.put(number, page(shard));
                }
            });
            pages = each(queries, SchedulerView::loads);
            pages.forEach((number, page) -> shards.get(number).take(page));
        } while (!pages.isEmpty());
        shards.values().forEach(Shard::endOfPages);
        readOne(job);
        readRunning();
        return shards.values().stream()
                .map(shard -> shard.head.with(List.copyOf(shard.jobs.values()), shard.ordered, shard.complete))
                .toList();
    }

    private JobQuery page(Shard shard) {
        int limit = Math.min(PAGE, mostJobs - shard.jobs.size());
        return new JobQuery(OptionalLong.empty(), Optional.empty(), shard.next, limit);
    }

    private void readOne(long job) {
        SortedMap<Integer, Long> jobs = new TreeMap<>();
        shards.forEach((number, shard) -> jobs.put(number, job));
        each(jobs, (view, id) -> view.load(id).orElse(null))
                .forEach((number, load) -> shards.get(number).jobs.putIfAbsent(job, load));
    }

    private void readRunning() {
        SortedMap<Integer, List<Long>> unread = new TreeMap<>();
        shards.forEach((number, shard) -> unread.put(number, shard.unread()));
        for (int read = 0; read < MOST_RUNNING; read += PAGE) {
            SortedMap<Integer, List<Long>> next = new TreeMap<>();
            for (Map.Entry<Integer, List<Long>> jobs : unread.entrySet()) {
                if (read < jobs.getValue().size()) {
                    next.put(
                            jobs.getKey(),
                            jobs.getValue()
                                    .subList(read, Math.min(jobs.getValue().size(), read + PAGE)));
                }
            }
            each(next, LoadQueries::loads)
                    .forEach((number, loads) -> loads.forEach(load ->
                            shards.get(number).jobs.putIfAbsent(load.view().job(), load)));
        }
        unread.forEach((number, jobs) -> shards.get(number).complete &= jobs.size() <= MOST_RUNNING);
    }

    private static List<JobLoad> loads(SchedulerView view, List<Long> jobs) {
        return jobs.stream().flatMap(job -> view.load(job).stream()).toList();
    }

    /** The answers of the shards to a question of its own for each; none for those that do not answer in time. */
    private <Q, T> SortedMap<Integer, T> each(SortedMap<Integer, Q> questions, BiFunction<SchedulerView, Q, T> query) {
        if (questions.isEmpty() || System.nanoTime() >= deadline) {
            return new TreeMap<>();
        }
        return asker.ask(
                source -> {
                    Q question = questions.get(source.shard());
                    return question == null
                            ? null
                            : query.apply(source.scheduler().view(), question);
                },
                left());
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
