package io.yardmaster.torture.load;

import io.yardmaster.schemas.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Plays the people who give commands about jobs: also twice, in vain, for an older session, about jobs that nobody knows, and
 * without sense. Used by the storage's thread.
 */
final class Commander {
    private static final long CURRENT = -1;
    private static final long NOBODYS_JOBS = 1_000_000_000;
    private static final int STEPS_PER_COMMAND = 12;
    private static final int LONGEST_REASON = 1_000;
    private static final CommandType[] TYPES = CommandType.values();
    private static final List<Integer> PRIORITIES = List.of(-1_000, -1, 0, 1, 7, 1_000);
    private static final int TOO_HIGH = 1_001;

    private final Sender sender;
    private final Random random;
    /** The jobs of the session that may be paused. */
    private final List<PlayedJob> paused = new ArrayList<>();

    Commander(Sender sender, Random random) {
        this.sender = sender;
        this.random = random;
    }

    /** Gives a command now and then. The jobs are those of the session, and those of the one before. */
    void step(long session, List<PlayedJob> jobs, List<PlayedJob> past) {
        if (jobs.isEmpty() || random.nextInt(STEPS_PER_COMMAND) > 0) {
            return;
        }
        PlayedJob job = any(jobs);
        int chance = random.nextInt(100);
        if (chance < 8) {
            prioritize(session, job.id());
        } else if (chance < 20) {
            give(session, job.id(), CommandType.CANCEL);
        } else if (chance < 45) {
            paused.add(job);
            give(session, job.id(), CommandType.PAUSE);
        } else if (chance < 80) {
            PlayedJob which = paused.isEmpty() ? job : paused.remove(random.nextInt(paused.size()));
            give(session, which.id(), CommandType.RESUME);
        } else if (chance < 88) {
            give(session, NOBODYS_JOBS + random.nextInt(1_000), any(List.of(TYPES)));
        } else if (chance < 95) {
            PlayedJob late = past.isEmpty() ? job : any(past);
            sender.command(session - 1, late.id(), any(List.of(TYPES)));
        } else {
            giveWithoutSense(job.id());
        }
    }

    /** The same few priorities again and again, so that some change nothing. */
    private void prioritize(long session, long job) {
        long named = random.nextBoolean() ? CURRENT : session;
        int priority = any(PRIORITIES);
        sender.prioritize(named, job, priority);
        if (random.nextInt(4) == 0) {
            sender.prioritize(named, job, priority);
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void give(long session, long job, CommandType type) {
        long named = random.nextBoolean() ? CURRENT : session;
        sender.command(named, job, type);
        if (random.nextInt(4) == 0) {
            sender.command(named, job, type);
        }
    }

    /** Gives a command without sense, and then another one, whose answer shows that the first was read. */
    private void giveWithoutSense(long job) {
        switch (random.nextInt(4)) {
            case 0 -> sender.refusedCommand(job, CURRENT - 1, job, "");
            case 1 -> sender.refusedCommand(job, CURRENT, job + 1, "");
            case 2 -> sender.refusedPriority(job, TOO_HIGH);
            default -> sender.refusedCommand(job, CURRENT, job, "x".repeat(LONGEST_REASON));
        }
        sender.command(CURRENT, job, CommandType.RESUME);
    }

    /** Resumes every job that may be paused: its tasks would wait until the session ends. */
    void resumeAll(long session) {
        paused.forEach(job -> sender.command(session, job.id(), CommandType.RESUME));
        paused.clear();
    }

    void sessionEnds() {
        paused.clear();
    }
}
