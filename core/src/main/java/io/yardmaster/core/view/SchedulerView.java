package io.yardmaster.core.view;

import io.yardmaster.core.admission.Group;
import io.yardmaster.core.admission.Level;
import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.ending.EndingQueues;
import io.yardmaster.core.graph.GraphView;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.limits.LimitsView;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.StagePage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/** The state of a scheduler, for a person to look at. No method changes the state or a later decision. */
public final class SchedulerView {
    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final EndingQueues queues;
    private final AgeClock clock;
    private final Pool pool;
    private final GraphView graphs;
    private final LimitsView limits;
    private final long refusedTasks;

    public SchedulerView(
            Policy policy,
            JobTable jobs,
            Ledger ledger,
            EndingQueues queues,
            AgeClock clock,
            Pool pool,
            GraphView graphs,
            LimitsView limits,
            long refusedTasks) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
        this.queues = queues;
        this.clock = clock;
        this.pool = pool;
        this.graphs = graphs;
        this.limits = limits;
        this.refusedTasks = refusedTasks;
    }

    /** Returns whether the scheduler began a new state when it was opened. */
    public boolean isNew() {
        return !ledger.wasStored();
    }

    /** The number of jobs that can be active at once. */
    public int places() {
        return policy.activeJobs();
    }

    /** Assignments made so far, in all sessions. */
    public long assignments() {
        return ledger.assignments();
    }

    /** The priority of a job; 0 if it is not known. */
    public int priority(long id) {
        Job job = jobs.look(id);
        return job == null ? 0 : job.priority;
    }

    /** Commit tasks that wait to be offered. */
    public long waitingCommits() {
        return queues.commits().size();
    }

    /** Cleanup tasks that wait to be offered. */
    public long waitingCleanups() {
        return queues.cleanups().size();
    }

    /** Jobs whose gate is closed and that are not paused. */
    public long finalizingJobs() {
        return queues.jobs() + pool.paused().finalizing() - pool.paused().closed();
    }

    /** Paused jobs. */
    public long pausedJobs() {
        return pool.paused().jobs().size();
    }

    /** Tasks of paused jobs that wait, regular and finalizing ones. */
    public long pausedTasks() {
        return pool.paused().tasks() + pool.paused().finalizing();
    }

    /** Tasks that an execution manager refused and that wait to be offered again (O7). */
    public long refusedTasks() {
        return refusedTasks;
    }

    /** Regular tasks that wait for limits, but for those that wait for the limit of their job. */
    public long parkedTasks() {
        return limits.parked();
    }

    /** The use of each limit but those of single jobs, by its key, without the groups that hold it. */
    public List<LimitUse> limits() {
        return limits.uses();
    }

    /**
     * The service that groups have had of the limits, those with the most first; none unless they go by dominant shares. Takes time
     * proportional to the groups.
     */
    public List<GroupShare> groupShares(int limit) {
        return limits.shares(limit);
    }

    /** The most wanted limits, with the groups that hold most of them. Takes time proportional to the groups that wait. */
    public List<LimitUse> limits(int limit) {
        return limits.uses(limit);
    }

    /**
     * Regular tasks of active and pending jobs that wait to be offered. After an upgrade from a version that did not count
     * them the number is too low until the jobs that were pending then have become active.
     */
    public long buffered() {
        long pending = 0;
        for (Level level : pool.levels()) {
            pending += level.pending().tasks();
        }
        return pool.active().backlog() + pending;
    }

    /** The jobs that have the next turns, in order, each once. */
    public List<Long> nextJobs(int limit) {
        return pool.turns().upcoming(limit).stream().map(job -> job.id).toList();
    }

    /** The number of groups on the heap. */
    public int keptGroups() {
        Set<Long> kept = new HashSet<>();
        for (Level level : pool.levels()) {
            level.groups().all().forEach(group -> kept.add(group.id()));
        }
        return kept.size();
    }

    /** The groups with the most buffered tasks. Takes time proportional to the number of groups and active jobs. */
    public List<GroupView> groups(int limit) {
        Map<Long, Long> active = new HashMap<>();
        for (Job job : pool.active()) {
            active.merge(job.group, job.waiting(), Long::sum);
        }
        Comparator<GroupView> order = Comparator.comparingLong(GroupView::buffered)
                .thenComparing(Comparator.comparingLong(GroupView::group).reversed());
        PriorityQueue<GroupView> most = new PriorityQueue<>(order);
        for (GroupView group : sumsOverLevels().values()) {
            most.add(new GroupView(
                    group.group(),
                    group.activeJobs(),
                    group.pendingJobs(),
                    group.buffered() + active.getOrDefault(group.group(), 0L)));
            if (most.size() > limit) {
                most.poll();
            }
        }
        List<GroupView> sorted = new ArrayList<>(most);
        sorted.sort(order.reversed());
        return sorted;
    }

    /** The groups with jobs, without the tasks of active ones. */
    private Map<Long, GroupView> sumsOverLevels() {
        Map<Long, GroupView> sums = new HashMap<>();
        for (Level level : pool.levels()) {
            for (Group group : level.groups().all()) {
                if (!group.isEmpty()) {
                    sums.merge(
                            group.id(),
                            new GroupView(
                                    group.id(),
                                    group.activeJobs(),
                                    group.pending().size(),
                                    group.pendingTasks()),
                            GroupView::with);
                }
            }
        }
        return sums;
    }

    /** A page of the jobs that are active, pending, parked, paused or finalizing. */
    public JobPage jobs(JobQuery query) {
        return new JobPages(jobs, session(), queues, clock, pool, limits).page(query);
    }

    /** Such a page of jobs as loads: each with those of its stages that have not ended. */
    public JobLoads loads(JobQuery query) {
        JobPage page = jobs(query);
        return new JobLoads(page.jobs().stream().map(this::load).toList(), page.next());
    }

    /** One job as a load; empty if the scheduler does not know it. */
    public Optional<JobLoad> load(long id) {
        Job job = jobs.look(id);
        return job == null
                ? Optional.empty()
                : Optional.of(load(new Positions(queues, clock, pool, session()).view(job)));
    }

    private JobLoad load(JobView view) {
        Job job = jobs.look(view.job());
        return new JobLoad(
                view,
                graphs.load(view.job(), JobLoad.MOST_STAGES),
                job == null || job.isPaused() ? Optional.empty() : Optional.ofNullable(limits.waits(job)));
    }

    /** One job; empty if the scheduler does not know it. */
    public Optional<JobLocation> job(long id, int runs) {
        Job job = jobs.look(id);
        if (job == null) {
            return Optional.empty();
        }
        Positions positions = new Positions(queues, clock, pool, session());
        Fifo.Entry gate = job.gatePlace == Job.NOWHERE ? null : queues.gates().at(job.gatePlace);
        OptionalLong since = gate == null ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(gate.stamp()));
        Fifo.Entry pause = job.isPaused() ? pool.paused().jobs().at(job.pausedPlace) : null;
        JobView view = positions.view(job);
        return Optional.of(new JobLocation(
                new JobDetail(
                        view,
                        job.firstRuns(runs),
                        job.runs(),
                        Optional.ofNullable(job.graph)
                                .map(graph -> graph.progress(JobDetail.MOST_STAGES))
                                .or(() -> graphs.ended(id, JobDetail.MOST_STAGES)),
                        List.of()),
                view.exact(),
                Optional.ofNullable(job.finalizingTask()),
                since,
                since.isEmpty()
                        ? since
                        : OptionalLong.of(
                                since.getAsLong() + policy.finalizingExpiry().toMillis()),
                gate != null && job.cleanupSeen,
                job.cancelled,
                pause == null ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(pause.stamp())),
                places(),
                pool.active().size(),
                job.isPaused() ? 0 : job.waiting() - job.ready(),
                job.isPaused() ? Optional.empty() : Optional.ofNullable(limits.waits(job)),
                pool.turns().tasksBefore(job)));
    }

    /**
     * The stages of the graph of a job from this number on, also of one that has ended not long ago: at most {@code limit},
     * fewer if they have many dependencies. Empty if no graph of the job is known.
     */
    public Optional<StagePage> stages(long job, int from, int limit) {
        return graphs.stages(job, from, limit);
    }

    /** The failed tasks of the graph of a job from this index on, likewise. */
    public Optional<FailurePage> failures(long job, int from, int limit) {
        return graphs.failures(job, from, limit);
    }

    private OptionalLong session() {
        return ledger.session() < 0 ? OptionalLong.empty() : OptionalLong.of(ledger.session());
    }
}
