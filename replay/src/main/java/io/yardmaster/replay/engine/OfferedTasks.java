package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Offer;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.Requirement;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;

/**
 * Makes offers of tasks that a scheduler dispatches: all tasks of a gang start together, and each other one alone, as those of a gang of
 * which some have begun before.
 */
public final class OfferedTasks {
    private static final byte[] NOTHING = {};

    /** Tasks of a gang of which more may follow. */
    private final List<DispatchedTask> gang = new ArrayList<>();

    private final BiConsumer<String, OfferedUnit> offers;
    private final LongPredicate preemptible;
    private int priority;

    /**
     * Offers tasks that keep their places.
     *
     * @param offers takes the pool of tasks, and those that can start from now on
     */
    public OfferedTasks(BiConsumer<String, OfferedUnit> offers) {
        this(offers, group -> false);
    }

    /**
     * Offers tasks, of which those of some resource groups may lose their places.
     *
     * @param offers takes the pool of tasks, and those that can start from now on
     */
    OfferedTasks(BiConsumer<String, OfferedUnit> offers, LongPredicate preemptible) {
        this.offers = offers;
        this.preemptible = preemptible;
    }

    /** The name of a task in placement. */
    public static TaskRef ref(DispatchedTask task) {
        return new TaskRef(task.job(), task.session(), task.taskIndex(), task.attempt());
    }

    /**
     * Takes the next task, which must have a stage.
     *
     * @param ofJob the priority of its job
     */
    public void add(DispatchedTask task, int ofJob) {
        if (!gang.isEmpty() && !isNext(task)) {
            flush();
        }
        gang.add(task);
        priority = ofJob;
        if (!stage(task).hosts().gang()) {
            flush();
        }
    }

    private boolean isNext(DispatchedTask task) {
        DispatchedTask first = gang.get(0);
        return task.job() == first.job()
                && task.taskIndex() == first.taskIndex() + gang.size()
                && task.attempt() == first.attempt()
                && task.readyAt() == first.readyAt()
                && stage(task).name().equals(stage(first).name());
    }

    /** No more tasks of the gang follow. */
    public void flush() {
        if (!gang.isEmpty()) {
            GraphStage stage = stage(gang.get(0));
            Requirement requirement = new Requirement(
                    Amounts.of(stage.hosts().amounts()), stage.hosts().labels());
            boolean together = gang.size() == stage.tasks();
            List<List<DispatchedTask>> units = together
                    ? List.of(List.copyOf(gang))
                    : gang.stream().map(List::of).toList();
            gang.clear();
            long expected = stage.timeout() > 0 ? stage.timeout() : -1;
            for (List<DispatchedTask> tasks : units) {
                boolean mayLose = preemptible.test(tasks.get(0).group());
                offers.accept(stage.pool(), unit(0, tasks, requirement, priority, expected, mayLose));
            }
        }
    }

    /** Forgets tasks of sessions before this one. */
    void dropBefore(long session) {
        gang.removeIf(task -> task.session() < session);
    }

    /**
     * Tasks that start together, and keep their places.
     *
     * @param order its place among those that wait
     * @param tasks with successive indices, 1 or more
     * @param expectedMs the expected duration of each; -1 if nobody knows
     */
    public static OfferedUnit unit(
            long order, List<DispatchedTask> tasks, Requirement requirement, int priority, long expectedMs) {
        return unit(order, tasks, requirement, priority, expectedMs, false);
    }

    private static OfferedUnit unit(
            long order,
            List<DispatchedTask> tasks,
            Requirement requirement,
            int priority,
            long expectedMs,
            boolean preemptible) {
        DispatchedTask first = tasks.get(0);
        Offer offer = new Offer(
                order,
                first.job(),
                first.group(),
                first.session(),
                0,
                first.taskIndex(),
                tasks.size(),
                first.attempt(),
                requirement,
                priority,
                tasks.size(),
                expectedMs,
                preemptible);
        return new OfferedUnit(offer, tasks.stream().map(DispatchedTask::id).toList(), NOTHING);
    }

    private static GraphStage stage(DispatchedTask task) {
        return Objects.requireNonNull(task.stage(), "a task of a pool without a stage");
    }
}
