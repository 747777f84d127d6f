package io.yardmaster.core;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.view.JobView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A scheduler under test: jobs have names, decisions are read as text ({@code A.0} is task 0 of job A, {@code A.0#1} its
 * second attempt), and the scheduler is flushed after each call.
 */
final class CoreFixture {
    private static final int ENDLESS = 100_000;

    private final Map<String, Long> ids = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, Long> groups = new HashMap<>();
    private final DecisionLog log = new DecisionLog();

    private Policy policy;
    private HeapStorage storage = new HeapStorage();
    private LoggedScheduler scheduler;
    private long session;
    private String trace;
    private long ran = Event.AssignmentEnded.UNKNOWN;
    private Map<Long, Double> weights = Map.of();
    private Map<String, Long> limits = Map.of();
    private LivePolicy live = LivePolicy.NONE;
    private int floor = Budget.NO_FLOOR;
    private long now = 1_700_000_000_000L;

    CoreFixture(Policy policy) {
        this.policy = policy;
        this.scheduler = new LoggedScheduler(policy, storage, 0, log);
    }

    static CoreFixture withActiveJobs(int activeJobs) {
        return new CoreFixture(policy(activeJobs, Fairness.JOB));
    }

    static Policy policy(int activeJobs, Fairness fairness) {
        return new Policy(activeJobs, 1, 1, Duration.ofHours(6), Duration.ofDays(1), fairness);
    }

    /** Sends all further events in this session. */
    CoreFixture session(long newSession) {
        session = newSession;
        return this;
    }

    /** Sends all further events with this trace; null for none. */
    CoreFixture trace(String newTrace) {
        trace = newTrace;
        return this;
    }

    /** Sets the weights of groups from the next tick on. */
    CoreFixture weigh(Map<Long, Double> newWeights) {
        weights = newWeights;
        return this;
    }

    /** Sets the capacities of limits from the next tick on. */
    CoreFixture limit(Map<String, Long> capacities) {
        limits = capacities;
        return this;
    }

    /** Sets the operator's choices from the next tick on. */
    CoreFixture follow(LivePolicy newLive) {
        live = newLive;
        scheduler.follow(live);
        return this;
    }

    /** Sets the rates of groups from the next tick on. */
    CoreFixture rate(Map<Long, DispatchRate> rates) {
        return follow(LivePolicy.NONE.withRates(rates));
    }

    /** Puts jobs into a resource group; the others are in group 0. */
    CoreFixture group(long group, String... jobs) {
        for (String job : jobs) {
            groups.put(job, group);
        }
        return this;
    }

    CoreFixture ready(String job, int... indices) {
        return retry(job, 0, indices);
    }

    CoreFixture retry(String job, int attempt, int... indices) {
        scheduler.ready(group(job), id(job), session, indices, attempt, now, trace);
        scheduler.flush();
        return this;
    }

    /** Sends task 0 of every job, then task 1 of every job, and so on, and every {@code repeat}th event twice. */
    CoreFixture readyInRounds(List<String> jobs, int tasks, int repeat) {
        int sent = 0;
        for (int index = 0; index < tasks; index++) {
            for (String job : jobs) {
                ready(job, index);
                if (++sent % repeat == 0) {
                    ready(job, index);
                }
            }
        }
        return this;
    }

    CoreFixture commit(String job) {
        scheduler.commit(group(job), id(job), session, now, trace);
        scheduler.flush();
        return this;
    }

    CoreFixture cleanup(String job) {
        return cleanup(job, true);
    }

    /** Sends a cleanup event without a task. */
    CoreFixture end(String job) {
        return cleanup(job, false);
    }

    private CoreFixture cleanup(String job, boolean hasTask) {
        scheduler.cleanup(group(job), id(job), session, hasTask, now, trace);
        scheduler.flush();
        return this;
    }

    /** Sends a command that names no session, and returns what became of it: the command, or the reason why it changed nothing. */
    String command(Command command, String job) {
        return command(command, job, Event.Commanded.ANY_SESSION);
    }

    String command(Command command, String job, long ofSession) {
        return command(new Event.Commanded(id(job), ofSession, command));
    }

    /** Sends a command that sets the priority of a job, and returns what became of it. */
    String prioritize(String job, int priority) {
        return command(new Event.Commanded(id(job), Event.Commanded.ANY_SESSION, Command.SET_PRIORITY, priority));
    }

    private String command(Event.Commanded event) {
        for (Decision decision : apply(event)) {
            if (decision instanceof Decision.CommandDropped dropped) {
                return dropped.reason().toString();
            }
            if (decision instanceof Decision.Obeyed obeyed) {
                return obeyed.command().toString();
            }
        }
        throw new AssertionError("no answer to " + event);
    }

    /** Sends an event as it is, and returns the decisions about it. */
    List<Decision> apply(Event event) {
        int before = log.all().size();
        scheduler.apply(event);
        scheduler.flush();
        return List.copyOf(log.all().subList(before, log.all().size()));
    }

    /** Sends an outcome of the latest assignment with this text, and returns its end or the reason why it does not count. */
    String outcome(TaskEnd end, String text) {
        return outcome(end, latest(text));
    }

    /** The latest assignment with this text. */
    DispatchedTask latest(String text) {
        List<DispatchedTask> made = log.assignments();
        for (int i = made.size() - 1; i >= 0; i--) {
            if (text(made.get(i)).equals(text)) {
                return made.get(i);
            }
        }
        throw new AssertionError("never offered: " + text);
    }

    /** Reports outcomes of tasks that ran for so long, in ms. */
    void ran(long millis, Runnable outcomes) {
        ran = millis;
        outcomes.run();
        ran = Event.AssignmentEnded.UNKNOWN;
    }

    /** The limit that a job waits for. */
    LimitWait wait(String job) {
        return scheduler().view().job(id(job), 1).orElseThrow().limit().orElseThrow();
    }

    String outcome(TaskEnd end, DispatchedTask made) {
        return outcome(end, made, "");
    }

    String outcome(TaskEnd end, DispatchedTask made, String reason) {
        List<Decision> decided = apply(new Event.AssignmentEnded(
                made.id(),
                made.group(),
                made.job(),
                made.kind(),
                made.taskIndex(),
                made.attempt(),
                made.session(),
                end,
                now,
                ran,
                reason,
                trace));
        for (Decision decision : decided) {
            if (decision instanceof Decision.OutcomeDropped dropped) {
                return dropped.reason().toString();
            }
            if (decision instanceof Decision.Ended ended) {
                return ended.assignment().end().toString();
            }
        }
        throw new AssertionError("nothing was decided about the outcome of " + made);
    }

    /** The view of a job that the scheduler knows. */
    JobView view(String job) {
        return scheduler.view().job(id(job), 10).orElseThrow().view();
    }

    /** Sets the lowest priority that the next ticks may offer. */
    CoreFixture floor(int priority) {
        floor = priority;
        return this;
    }

    /** Ticks once and returns the offered tasks. */
    List<String> tick(int budget) {
        int before = log.assignments().size();
        scheduler.follow(live);
        int offered = scheduler.tick(now, new Budget(budget, weights, floor, limits));
        scheduler.flush();
        if (log.assignments().size() > ENDLESS) {
            throw new AssertionError("tasks are offered without end");
        }
        List<DispatchedTask> made =
                log.assignments().subList(before, log.assignments().size());
        if (made.stream().filter(one -> one.pool().isEmpty()).count() != offered) {
            throw new AssertionError("the tick returned " + offered + " but made " + made.size() + " assignments");
        }
        return made.stream().map(this::text).toList();
    }

    /** Ticks with this budget until nothing is offered any more. */
    List<String> drain(int budget) {
        List<String> all = new ArrayList<>();
        for (List<String> offered = tick(budget); !offered.isEmpty(); offered = tick(budget)) {
            all.addAll(offered);
        }
        return all;
    }

    List<String> drain() {
        return drain(32);
    }

    /** Lets time pass in steps of a second, with a tick of budget 0 in each. */
    CoreFixture pass(Duration time) {
        long end = now + time.toMillis();
        while (now < end) {
            now = Math.min(end, now + 1_000);
            tick(0);
        }
        return this;
    }

    /** Sets the wall clock forward or back, without time passing. */
    CoreFixture jump(Duration by) {
        now += by.toMillis();
        return this;
    }

    /** Opens another scheduler on a copy of the storage. */
    CoreFixture restart() {
        storage = storage.copy();
        scheduler = new LoggedScheduler(policy, storage, 0, log);
        scheduler.follow(live);
        return this;
    }

    CoreFixture restart(Policy newPolicy) {
        policy = newPolicy;
        return restart();
    }

    String text(DispatchedTask assignment) {
        String job = names.get(assignment.job());
        return switch (assignment.kind()) {
            case COMMIT -> "commit " + job;
            case CLEANUP -> "cleanup " + job;
            case TASK ->
                job + "." + assignment.taskIndex() + (assignment.attempt() == 0 ? "" : "#" + assignment.attempt());
        };
    }

    long now() {
        return now;
    }

    LoggedScheduler scheduler() {
        return scheduler;
    }

    HeapStorage storage() {
        return storage;
    }

    DecisionLog log() {
        return log;
    }

    long dropped(EventDropReason reason) {
        return log.dropped(reason);
    }

    long id(String job) {
        return ids.computeIfAbsent(job, name -> {
            long id = 1_000L + ids.size();
            names.put(id, name);
            return id;
        });
    }

    /** The name of a job that was given an id. */
    String name(long job) {
        return names.get(job);
    }

    long group(String job) {
        return groups.getOrDefault(job, 0L);
    }

    /** The names J0, J1, … from {@code first} to before {@code end}. */
    static List<String> jobs(int first, int end) {
        return IntStream.range(first, end).mapToObj(i -> "J" + i).toList();
    }

    /** The tasks in strict rotation: task 0 of every job, task 1 of every job, and so on. */
    static List<String> rotation(List<String> jobs, int tasks) {
        return IntStream.range(0, tasks)
                .boxed()
                .flatMap(index -> jobs.stream().map(job -> job + "." + index))
                .toList();
    }
}
