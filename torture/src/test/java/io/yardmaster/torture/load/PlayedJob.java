package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One job as the storage plays it: tasks, repeats and retries, and sometimes an end, in good time or too early. */
final class PlayedJob {
    private enum End {
        NONE,
        COMMIT,
        EARLY_COMMIT,
        CLEANUP,
        COMMIT_THEN_CLEANUP,
        ENDED
    }

    private static final End[] ENDS = End.values();
    private static final int MOST_TASKS_PER_EVENT = 12;

    private final long session;
    private final long id;
    private final int tasks;
    private final End end;
    private final Random random;
    private final Set<Assignable> all = new HashSet<>();
    private int sent;
    private int endsSent;

    PlayedJob(long session, long id, Random random) {
        this.session = session;
        this.id = id;
        this.random = random;
        this.tasks = 5 + random.nextInt(80);
        this.end = ENDS[random.nextInt(ENDS.length)];
    }

    long id() {
        return id;
    }

    /**
     * Sends the job's next event. Returns the number of its tasks that are new to the scheduler; -1 if nothing is left
     * to send.
     */
    int send(Sender sender, Progress progress) {
        if (sent < tasks && !(end == End.EARLY_COMMIT && sent > tasks / 2)) {
            return sendReady(sender, progress);
        }
        return sendEnd(sender, progress) ? 0 : -1;
    }

    private int sendReady(Sender sender, Progress progress) {
        int until = Math.min(tasks, sent + 1 + random.nextInt(MOST_TASKS_PER_EVENT));
        List<Integer> indices = new ArrayList<>();
        for (int index = sent; index < until; index++) {
            indices.add(index);
            expect(Assignable.task(session, id, index, 0), progress);
        }
        int count = until - sent;
        sent = until;
        sender.ready(session, id, indices, 0);
        if (random.nextInt(4) == 0) {
            sender.ready(session, id, indices, 0);
        }
        if (random.nextInt(6) == 0) {
            // A task failed, and is announced again, sometimes twice, with a repeat of its first attempt in between.
            int index = random.nextInt(sent);
            int attempt = 1 + random.nextInt(2);
            expect(Assignable.task(session, id, index, 3 * sent + attempt), progress);
            sender.ready(session, id, List.of(index), 3 * sent + attempt);
            sender.ready(session, id, List.of(index), 0);
            sender.ready(session, id, List.of(index), 3 * sent + attempt);
            count++;
        }
        return count;
    }

    private void expect(Assignable one, Progress progress) {
        all.add(one);
        progress.expect(one);
    }

    private boolean sendEnd(Sender sender, Progress progress) {
        if (end == End.NONE || endsSent == 3) {
            return false;
        }
        boolean early = end == End.EARLY_COMMIT || end == End.ENDED;
        if (!early && endsSent == 0 && all.stream().anyMatch(progress::isWaiting)) {
            return true;
        }
        if (endsSent == 0) {
            progress.jobEnds(session, id);
        }
        if (end == End.ENDED) {
            sender.cleanup(session, id, false);
        } else if (end == End.CLEANUP || (end == End.COMMIT_THEN_CLEANUP && endsSent > 0)) {
            // A commit task that still waits then is dropped.
            progress.jobCleansUp(session, id);
            expect(Assignable.last(session, id, TaskKind.CLEANUP), progress);
            sender.cleanup(session, id, true);
        } else {
            expect(Assignable.last(session, id, TaskKind.COMMIT), progress);
            sender.commit(session, id);
        }
        endsSent++;
        // The gate rejects this task, or it was seen before.
        sender.ready(session, id, List.of(random.nextInt(tasks)), 0);
        return true;
    }

    /** Repeats an earlier event, as if a message had been on its way for long. */
    void repeat(Sender sender) {
        if (sent > 0) {
            sender.ready(session, id, List.of(random.nextInt(sent)), 0);
        }
    }
}
