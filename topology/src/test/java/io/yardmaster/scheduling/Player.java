package io.yardmaster.scheduling;

import java.util.List;
import java.util.Map;

/** Tells commands to a scheduler, real or naive. */
final class Player {
    private static final long START = 1_700_000_000_000L;

    /** What a {@link Scheduler} can be told. */
    interface Subject {
        long session();

        void session(long session);

        void ready(long group, long job, long session, int[] indices, int attempt, long readyAt, String trace);

        void commit(long group, long job, long session, long readyAt, String trace);

        void cleanup(long group, long job, long session, boolean hasTask, long readyAt, String trace);

        void weigh(Map<Long, Double> weights);

        int tick(long now, int budget);
    }

    private final Subject subject;
    private long now = START;
    private int events;

    Player(Subject subject) {
        this.subject = subject;
    }

    void playAll(List<Command> history) {
        history.forEach(this::play);
    }

    void play(Command command) {
        if (command instanceof Command.Tick tick) {
            now += tick.timeChange();
            if (subject.tick(now, tick.budget()) > tick.budget()) {
                throw new AssertionError("more offered than the budget of " + tick);
            }
        } else if (command instanceof Command.Ready e) {
            int[] indices = e.indices().stream().mapToInt(index -> index).toArray();
            subject.ready(e.group(), e.job(), session(e.sessionChange()), indices, e.attempt(), now, trace());
        } else if (command instanceof Command.Commit e) {
            subject.commit(e.group(), e.job(), session(e.sessionChange()), now, trace());
        } else if (command instanceof Command.Cleanup e) {
            subject.cleanup(e.group(), e.job(), session(e.sessionChange()), e.hasTask(), now, trace());
        } else if (command instanceof Command.Session e) {
            subject.session(session(e.change()));
        } else if (command instanceof Command.Weigh e) {
            subject.weigh(e.weights());
        }
    }

    /** Some events have none, and some the same as the one before. */
    private String trace() {
        int stretch = ++events / 2;
        return stretch % 3 == 0 ? null : "trace \u00ff " + stretch;
    }

    private long session(int change) {
        return Math.max(0, subject.session() + change);
    }
}
