package io.yardmaster.torture.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays the storage: jobs of many kinds, several at a time, in sessions, with graphs, commands and outcomes in between. Some sessions end
 * when all of their tasks have been assigned and all outcomes read, others in the middle.
 */
public final class StorageClient implements AutoCloseable {
    private static final int JOBS_AT_ONCE = 24;
    private static final int MOST_WAITING = 3_000;
    private static final int LONGEST_SESSION_SECONDS = 25;
    /** Nothing has gone on for so long at the end of a session: something is lost. */
    private static final long STALL_SECONDS = 150;

    private static final long LONGEST_DRAIN_SECONDS = 600;
    private static final int STEPS_PER_REPORT = 6;

    private final Sender sender;
    private final Progress progress;
    private final Answers answers;
    private final Commander commander;
    private final Reporter reporter;
    private final Takings takings;
    private final SentGraphs sentGraphs;
    private final GraphLoad graphs;
    private final Random random;
    private final long nanosPerTask;
    private final Set<Long> drained = new HashSet<>();
    private final Thread thread = new Thread(this::play, "storage");
    private final List<PlayedJob> jobs = new ArrayList<>();
    private List<PlayedJob> past = List.of();
    private long session = 1;
    private long nextJob = 1;
    private boolean gaveUp;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    /** @param rate new tasks per second */
    public StorageClient(
            Sender sender,
            Progress progress,
            Answers answers,
            Reports reports,
            Takings takings,
            SentGraphs sentGraphs,
            PolicyOperator operator,
            long seed,
            int rate) {
        this.sender = sender;
        this.progress = progress;
        this.answers = answers;
        this.random = new Random(seed);
        this.commander = new Commander(sender, random);
        this.reporter = new Reporter(sender, progress, reports, random, STEPS_PER_REPORT);
        this.takings = takings;
        this.sentGraphs = sentGraphs;
        this.graphs = new GraphLoad(sender, sentGraphs, operator, random);
        this.nanosPerTask = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    public void start() {
        thread.start();
    }

    private void play() {
        try {
            while (!closing) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5 + random.nextInt(LONGEST_SESSION_SECONDS));
                long due = System.nanoTime();
                while (!closing && System.nanoTime() < end) {
                    commander.step(session, jobs, past);
                    reporter.step();
                    graphs.step(session);
                    due = pace(due, progress.waiting() > MOST_WAITING ? 100 : step());
                }
                if (closing || random.nextInt(3) > 0) {
                    commander.resumeAll(session);
                    sender.flush();
                    drain();
                    drained.add(session);
                }
                if (!closing) {
                    graphs.sessionEnds();
                }
                nextSession();
            }
            // Graphs may go on, whenever it was told to close.
            if (!gaveUp) {
                drain();
                graphs.probe();
                drain();
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private int step() {
        while (jobs.size() < JOBS_AT_ONCE) {
            jobs.add(new PlayedJob(session, nextJob++, random));
        }
        if (!past.isEmpty() && random.nextInt(20) == 0) {
            past.get(random.nextInt(past.size())).repeat(sender);
        }
        int chosen = random.nextInt(jobs.size());
        int said = jobs.get(chosen).send(sender, progress);
        if (said < 0) {
            jobs.remove(chosen);
        }
        return Math.max(1, said);
    }

    private long pace(long due, int tasks) {
        long next = Math.max(due, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(200)) + tasks * nanosPerTask;
        while (System.nanoTime() < next) {
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return next;
    }

    private void drain() {
        long start = System.nanoTime();
        long latest = start;
        String left = left();
        while (isUnderWay()) {
            if (closing) {
                graphs.open();
                graphs.resumeAll();
            }
            graphs.reportForOthers();
            long now = System.nanoTime();
            String nowLeft = left();
            latest = nowLeft.equals(left) ? latest : now;
            left = nowLeft;
            if (now - latest > TimeUnit.SECONDS.toNanos(STALL_SECONDS)
                    || now - start > TimeUnit.SECONDS.toNanos(LONGEST_DRAIN_SECONDS)) {
                // The checker finds out if something is missing.
                System.out.printf(
                        "after %d s session %d is not over: %s%n",
                        TimeUnit.NANOSECONDS.toSeconds(now - start), session, left);
                gaveUp = true;
                closing = true;
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private String left() {
        return "%d tasks wait, answers are missing: %s, graphs: %s, latest look: %s"
                .formatted(progress.waiting(), answers.areMissing(), sentGraphs, takings);
    }

    /** In the end all graphs must have ended; before, some go on in the next session. */
    private boolean isUnderWay() {
        return progress.waiting() > 0
                || answers.areMissing()
                || !sentGraphs.haveBegun()
                || (closing && !sentGraphs.haveEnded())
                || !takings.areOver();
    }

    private void nextSession() {
        if (!closing) {
            progress.sessionBegins(session + 1);
            sentGraphs.sessionBegins();
            commander.sessionEnds();
            past = List.copyOf(jobs);
            jobs.clear();
            session++;
        }
    }

    /** Ends the last session when everything has been assigned, or nothing goes on any more. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(2 * LONGEST_DRAIN_SECONDS).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The sessions in which every task made ready must have been assigned. */
    public Set<Long> drained() {
        return Set.copyOf(drained);
    }

    public long sessions() {
        return session;
    }
}
