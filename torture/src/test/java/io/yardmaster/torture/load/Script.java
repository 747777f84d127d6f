package io.yardmaster.torture.load;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.TaskKind;
import java.util.List;
import java.util.stream.IntStream;

/** A short, fixed input with all situations that a scheduler must handle, without chance. */
public final class Script {
    private static final int JOBS = 12;
    private static final int TASKS = 40;
    private static final int COMMITTED = 100;
    private static final long PAUSED = 2;
    private static final long CANCELLED = 3;
    private static final long PRIORITIZED = 4;
    private static final long UNKNOWN = 1_000;

    private final Sender sender;
    private final Progress progress;

    public Script(Sender sender, Progress progress) {
        this.sender = sender;
        this.progress = progress;
    }

    /** Tasks of many jobs, sent twice; some of them again with a higher attempt; more than the window takes at once. */
    public void firstSession() {
        for (long job = 1; job <= JOBS; job++) {
            ready(1, job, 0, TASKS);
            ready(1, job, TASKS / 2, TASKS);
        }
        for (long job = 1; job <= JOBS; job += 3) {
            progress.expect(Assignable.task(1, job, 5, 1));
            sender.ready(1, job, List.of(5), 1);
            sender.ready(1, job, List.of(5), 0);
        }
        sender.flush();
    }

    /** Repeats of tasks assigned by now; jobs that end, with the end sent three times. */
    public void moreOfTheFirstSession() {
        for (long job = 1; job <= JOBS; job++) {
            ready(1, job, 0, TASKS + 10);
        }
        for (long job = COMMITTED; job < COMMITTED + 3; job++) {
            progress.expect(Assignable.last(1, job, TaskKind.COMMIT));
            for (int time = 0; time < 3; time++) {
                sender.commit(1, job);
            }
            sender.flush();
            sender.ready(1, job, List.of(0, 1, 2), 0);
        }
        sender.flush();
    }

    /** Commands about jobs that have tasks, each given twice, about a job that nobody knows, and without sense. */
    public void commands() {
        for (int time = 0; time < 2; time++) {
            sender.command(1, PAUSED, CommandType.PAUSE);
            sender.command(-1, CANCELLED, CommandType.CANCEL);
        }
        sender.command(1, UNKNOWN, CommandType.CANCEL);
        sender.prioritize(1, PRIORITIZED, 9);
        sender.prioritize(-1, PRIORITIZED, 9);
        sender.refusedPriority(PRIORITIZED, 1_001);
        sender.refusedCommand(PAUSED, -2, PAUSED, "");
        sender.flush();
    }

    /** Tasks of many jobs, and behind them those of one that has a higher priority. */
    public void moreOfThePrioritizedJob() {
        for (long job = PRIORITIZED + 1; job <= JOBS; job++) {
            ready(1, job, TASKS + 10, TASKS + 15);
        }
        ready(1, PRIORITIZED, TASKS + 10, TASKS + 25);
        sender.flush();
    }

    /** Tasks that must wait, and tasks that must not be assigned; the cancelled job ends, too. */
    public void moreOfPausedAndCancelledJobs() {
        ready(1, PAUSED, TASKS + 10, TASKS + 20);
        ready(1, CANCELLED, TASKS + 10, TASKS + 20);
        sender.commit(1, CANCELLED);
        progress.expect(Assignable.last(1, CANCELLED, TaskKind.CLEANUP));
        sender.cleanup(1, CANCELLED, true);
        sender.flush();
    }

    /** Lets the paused job go on. */
    public void resume() {
        sender.command(1, PAUSED, CommandType.RESUME);
        sender.command(1, PAUSED, CommandType.RESUME);
        sender.flush();
    }

    /** A newer session, with events and a command of the older one in between. */
    public void secondSession() {
        for (long job = 1; job <= 4; job++) {
            ready(2, job + JOBS, 0, TASKS);
        }
        sender.flush();
        for (long job = 1; job <= 4; job++) {
            sender.ready(1, job, List.of(0, 1), 0);
        }
        sender.command(1, 1, CommandType.CANCEL);
        for (long job = 1; job <= 4; job++) {
            ready(2, job + JOBS, TASKS, TASKS + 10);
        }
        sender.flush();
    }

    private void ready(long session, long job, int from, int to) {
        List<Integer> indices = IntStream.range(from, to).boxed().toList();
        indices.forEach(index -> progress.expect(Assignable.task(session, job, index, 0)));
        sender.ready(session, job, indices, 0);
    }
}
