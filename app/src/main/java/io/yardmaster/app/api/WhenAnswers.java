package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Request;
import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobView;
import io.yardmaster.replay.BusySlots;
import io.yardmaster.replay.forecast.PresentState;
import io.yardmaster.replay.forecast.StartEstimate;
import io.yardmaster.replay.forecast.StartForecast;
import io.yardmaster.replay.forecast.TaskTimes;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.ShardLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Estimates when a job starts. An instance makes one estimate at a time. */
final class WhenAnswers {
    private static final int MOST_JOBS_OF_SHARD = 1_000;
    private static final int MOST_JOBS = 4_000;

    /** More than {@link LocalApi} takes to answer. */
    private static final Duration PATIENCE_WITH_PEERS = Duration.ofSeconds(3);

    /** No further draw begins so long after the question. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final long SEED = 1;

    private final SchedulerConfig config;
    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;
    private final GraphAnswers graphs;
    private final HostAnswers hosts;
    private final ReentrantLock estimating = new ReentrantLock();

    WhenAnswers(
            SchedulerConfig config,
            Deployment deployment,
            LocalApi local,
            Peers peers,
            GraphAnswers graphs,
            HostAnswers hosts) {
        this.config = config;
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
        this.graphs = graphs;
        this.hosts = hosts;
    }

    /** A job in the shard that has the most of it. */
    private record Found(JobLoad job, ShardLoad shard) {}

    /** Throws 404 if nobody knows the job, 409 if it has started or cannot start, and 503 while another estimate is made. */
    WhenAnswer of(long job, Request request) {
        OptionalInt slots = Parameters.slots(request);
        if (!estimating.tryLock()) {
            throw new HttpProblem(503, 503, "another estimate is being made; ask again");
        }
        try {
            return estimate(job, slots);
        } finally {
            estimating.unlock();
        }
    }

    private WhenAnswer estimate(long job, OptionalInt given) {
        long until = System.nanoTime() + LONGEST.toNanos();
        InstanceQueries here = deployment.here();
        Map<Integer, ShardLoad> shards = loads(job);
        Found found = find(job, shards);
        if (!found.job().begun() && !found.shard().knowsWhatIsBefore(job)) {
            throw new HttpProblem(
                    409,
                    409,
                    "job " + job + " waits behind more jobs of its shard than an estimate looks at, which are "
                            + WhenWords.number(mostJobs(here)) + ", or than the shard told of in time");
        }
        Set<String> placed = WhenWords.placed(found.job(), here.policy().placed());
        List<PoolLoad> pools = hosts.loads(job, placed);
        FleetGroup fleet = here.fleet();
        WhenFacts facts = new WhenFacts(
                found.job(),
                placed,
                pools,
                here.policy().live().limits(),
                pool -> LimitAnswer.obstacle(
                        here.policy().pool(pool),
                        Optional.ofNullable(here.poolProblems().get(pool))),
                fleet.isKnown() ? OptionalInt.of(fleet.members().size()) : OptionalInt.empty(),
                config.dispatchGroup());
        facts.noEstimate().ifPresent(why -> {
            throw new HttpProblem(409, 409, "job " + job + " " + why);
        });
        int slots = given.orElseGet(() -> slots(busy(shards), facts.members().orElse(1), shards.size(), here.shards()));
        PresentState state = new PresentState(
                System.currentTimeMillis(),
                policy(shards),
                here.policy().live(),
                slots,
                shards.values().stream().flatMap(shard -> shard.jobs().stream()).toList(),
                shards.values().stream()
                        .flatMap(shard -> shard.running().stream())
                        .toList(),
                new TaskTimes(shards.values().stream()
                        .flatMap(shard -> shard.times().stream())
                        .toList()),
                pools,
                here.policy().strategies());
        if (state.runningTasks() > StartForecast.MOST_RUNNING) {
            throw new HttpProblem(
                    409,
                    409,
                    "job " + job + " has no estimate: more tasks run than one looks at, which are "
                            + WhenWords.number(StartForecast.MOST_RUNNING));
        }
        StartEstimate estimate =
                StartForecast.of(state, job, StartForecast.DRAWS, SEED, () -> System.nanoTime() - until < 0);
        if (estimate.start().isEmpty() && estimate.notBefore().isEmpty()) {
            throw new HttpProblem(
                    409,
                    409,
                    "job " + job + " cannot start as things are: "
                            + whyNoHost(job, pools).orElse("nothing that runs frees what it waits for"));
        }
        return WhenAnswer.of(
                job,
                state.now(),
                estimate,
                slots,
                dependsOn(found, estimate, state),
                notes(shards, found, state, estimate, given));
    }

    /** Why the first task of a job that waits for a host has none; empty if none waits. */
    private Optional<String> whyNoHost(long job, List<PoolLoad> pools) {
        return pools.stream().noneMatch(pool -> pool.waitingOfJob() > 0)
                ? Optional.empty()
                : hosts.waits(job).stream().findFirst().map(HostWait::why);
    }

    /** By shard; of two instances that answer for one, which the other has just lost, the one with more jobs counts. */
    private Map<Integer, ShardLoad> loads(long job) {
        List<CompletableFuture<Optional<ShardLoad[]>>> asked = deployment.others().stream()
                .map(other -> peers.ask(other, "loads/" + job, ShardLoad[].class, PATIENCE_WITH_PEERS))
                .toList();
        List<ShardLoad> all = new ArrayList<>(local.loads(job));
        asked.forEach(answer -> answer.join().ifPresent(loads -> all.addAll(Arrays.asList(loads))));
        Map<Integer, ShardLoad> shards = new TreeMap<>();
        all.forEach(load -> shards.merge(
                load.partition(),
                load,
                (one, other) -> one.jobs().size() >= other.jobs().size() ? one : other));
        return shards;
    }

    /** The most jobs of a shard that are looked at. */
    static int mostJobs(InstanceQueries here) {
        return Math.max(1, Math.min(MOST_JOBS_OF_SHARD, MOST_JOBS / here.shards()));
    }

    private Found find(long job, Map<Integer, ShardLoad> shards) {
        Optional<Found> found = shards.values().stream()
                .flatMap(shard -> shard.jobs().stream()
                        .filter(load -> load.view().job() == job)
                        .map(load -> new Found(load, shard)))
                .max(Comparator.comparingLong(one -> one.job().view().bufferedTasks()));
        boolean mayHaveEnded = found.map(one -> one.job().view().state() == JobView.State.FINALIZING)
                .orElse(true);
        if (mayHaveEnded && graphs.haveEnded(job)) {
            throw new HttpProblem(409, 409, "job " + job + " has ended");
        }
        if (found.isPresent()) {
            return found.get();
        }
        int silent = deployment.here().shards() - shards.size();
        throw new HttpProblem(
                404,
                404,
                "job " + job + " is not known"
                        + (silent == 0
                                ? ": it never was, it has ended, or what was seen of it has expired"
                                : " to the shards that answer; " + silent + (silent == 1 ? " does" : " do") + " not"));
    }

    /**
     * Slots that the shards which answer have.
     *
     * @param busy tasks of these shards that ran at once
     * @param members execution managers of all shards
     */
    static int slots(int busy, int members, int answering, int all) {
        return Math.max(1, Math.max(busy, (int) ((long) members * answering / all)));
    }

    private Policy policy(Map<Integer, ShardLoad> shards) {
        Policy own = config.policy();
        int places = shards.values().stream().mapToInt(ShardLoad::places).sum();
        return new Policy(
                Math.max(1, places),
                own.commitPerCycle(),
                own.cleanupPerCycle(),
                own.finalizingExpiry(),
                own.dedupExpiry(),
                own.fairness(),
                own.refusedBackoff(),
                own.tickInterval());
    }

    /** The most tasks of the default pool that ran at once lately. */
    private static int busy(Map<Integer, ShardLoad> shards) {
        BusySlots busy = new BusySlots();
        for (ShardLoad shard : shards.values()) {
            for (int i = 0; i < Math.min(shard.began().size(), shard.ended().size()); i++) {
                busy.ran(shard.began().get(i), shard.ended().get(i));
            }
        }
        return busy.most();
    }

    private List<String> dependsOn(Found found, StartEstimate estimate, PresentState state) {
        List<String> all = new ArrayList<>();
        all.add(
                estimate.jobsBefore() == 0
                        ? "no task of another job starts before it"
                        : WhenWords.before(estimate.jobsBefore(), estimate.tasksBefore(), estimate.higherBefore()));
        int running = WhenWords.running(state);
        if (running > 0) {
            all.add(WhenWords.count(running, "task", "tasks") + " of the default pool "
                    + (running == 1 ? "runs" : "run")
                    + " now, on "
                    + WhenWords.count(state.slots(), "slot", "slots"));
        }
        found.job()
                .limit()
                .ifPresent(wait -> all.add("it waits for "
                        + LimitNeed.of(wait, LimitAnswer.of(deployment.now(), deployment.here()))
                                .words()));
        whyNoHost(found.job().view().job(), state.pools()).ifPresent(why -> all.add("it waits for a host: " + why));
        all.addAll(WhenWords.hosts(state));
        all.addAll(WhenWords.reserved(estimate, found.job().view().job()));
        int priority = found.job().view().priority();
        if (priority != 0) {
            all.add("its priority is " + priority);
        }
        return all;
    }

    private List<String> notes(
            Map<Integer, ShardLoad> shards,
            Found found,
            PresentState state,
            StartEstimate estimate,
            OptionalInt given) {
        List<String> notes = new ArrayList<>();
        int all = deployment.here().shards();
        if (given.isEmpty()) {
            notes.add(WhenWords.count(state.slots(), "slot is", "slots are")
                    + " assumed: the most tasks that ran at once lately, and one for each execution manager");
        }
        if (shards.size() < all) {
            notes.add("no answer from " + (all - shards.size()) + " of " + all
                    + " shards: jobs there are not counted, and their part of the slots is left out");
        }
        if (shards.values().stream().anyMatch(shard -> !shard.complete())) {
            notes.add("some shards have more jobs than were looked at, which are "
                    + WhenWords.number(mostJobs(deployment.here())) + " of each, or did not tell of all in time");
        }
        found.job().graph().flatMap(WhenWords::unseen).ifPresent(notes::add);
        WhenWords.assumed(found.job(), state).ifPresent(notes::add);
        WhenWords.notCounted(
                        WhenWords.placed(found.job(), deployment.here().policy().placed()), state)
                .ifPresent(notes::add);
        if (estimate.draws() < StartForecast.DRAWS) {
            notes.add("it and the jobs before it have so many tasks that only "
                    + WhenWords.count(estimate.draws(), "draw was", "draws were") + " made");
        }
        return notes;
    }
}
