package io.yardmaster.scheduling;

import java.util.Map;

/** A scheduler that is flushed after each command, and after some of them opened anew from a copy of its storage. */
final class RestartingScheduler implements Player.Subject {
    private final Policy policy;
    private final int commandsBetweenRestarts;
    private final Decision.Log log = new Decision.Log();
    private HeapStorage storage;
    private Scheduler scheduler;
    private int commands;
    private Map<Long, Double> weights = Map.of();

    /** @param commandsBetweenRestarts 0 for no restart */
    RestartingScheduler(Policy policy, int commandsBetweenRestarts) {
        this(policy, commandsBetweenRestarts, new HeapStorage());
    }

    /** Goes on from what is stored. */
    RestartingScheduler(Policy policy, int commandsBetweenRestarts, HeapStorage storage) {
        this.storage = storage;
        this.policy = policy;
        this.commandsBetweenRestarts = commandsBetweenRestarts;
        this.scheduler = new Scheduler(policy, storage, 0, log);
    }

    Decision.Log log() {
        return log;
    }

    HeapStorage storage() {
        return storage;
    }

    SchedulerView view() {
        return scheduler.view();
    }

    @Override
    public long session() {
        return scheduler.session();
    }

    @Override
    public void session(long session) {
        scheduler.session(session);
        settle();
    }

    @Override
    public void ready(long group, long job, long session, int[] indices, int attempt, long readyAt, String trace) {
        scheduler.ready(group, job, session, indices, attempt, readyAt, trace);
        settle();
    }

    @Override
    public void commit(long group, long job, long session, long readyAt, String trace) {
        scheduler.commit(group, job, session, readyAt, trace);
        settle();
    }

    @Override
    public void cleanup(long group, long job, long session, boolean hasTask, long readyAt, String trace) {
        scheduler.cleanup(group, job, session, hasTask, readyAt, trace);
        settle();
    }

    @Override
    public void weigh(Map<Long, Double> newWeights) {
        weights = newWeights;
        scheduler.weigh(weights);
        settle();
    }

    @Override
    public int tick(long now, int budget) {
        int offered = scheduler.tick(now, budget);
        settle();
        return offered;
    }

    private void settle() {
        scheduler.flush();
        if (commandsBetweenRestarts > 0 && ++commands % commandsBetweenRestarts == 0) {
            storage = storage.copy();
            scheduler = new Scheduler(policy, storage, 0, log);
            scheduler.weigh(weights);
        }
    }
}
