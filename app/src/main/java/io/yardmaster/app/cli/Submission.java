package io.yardmaster.app.cli;

import io.yardmaster.app.jobs.GraphSender;
import io.yardmaster.app.jobs.JobFollower;
import io.yardmaster.app.jobs.JobProgress;
import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.jobs.PlannedGraph;
import io.yardmaster.app.jobs.PlannedJob;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Sends jobs, or finds those that were sent before, and shows what becomes of them. */
final class Submission {
    /** A graph that was sent just now is known when the scheduler has read it. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final SchedulerConfig config;
    private final SubmissionView view;
    private final List<PlannedJob> jobs;
    private final Map<Long, Path> files;
    private final boolean follow;
    private final boolean detach;

    /**
     * @param files of the jobs, as far as they are known
     * @param follow whether the jobs were sent before
     * @param detach whether only the scheduler's consent is awaited
     */
    Submission(
            SchedulerConfig config,
            SubmissionView view,
            List<PlannedJob> jobs,
            Map<Long, Path> files,
            boolean follow,
            boolean detach) {
        this.config = config;
        this.view = view;
        this.jobs = jobs;
        this.files = files;
        this.follow = follow;
        this.detach = detach;
    }

    /** Returns whether all jobs are done or, if nobody wants to wait for that, accepted. */
    boolean run(List<PlannedGraph> graphs) throws InterruptedException {
        String sender = UUID.randomUUID().toString();
        try (StopSignal stop = new StopSignal(OptionalInt.empty());
                JobFollower follower = new JobFollower(
                        config,
                        jobs,
                        follow ? Optional.empty() : Optional.of(sender),
                        view::complain,
                        System::nanoTime)) {
            if (follow) {
                follower.past();
                awaitKnown(follower, stop.given().toCompletableFuture()::isDone);
                if (!follower.unknown().isEmpty()) {
                    follower.unknown().forEach(job -> view.complain(unknown(job)));
                    return false;
                }
            }
            jobs.forEach(job -> view.say(announcement(job)));
            if (follow) {
                view.totals(follower.progress(), follower::kinds);
            } else {
                send(graphs, sender);
            }
            CompletableFuture<Void> stopped = stop.given().toCompletableFuture();
            watch(follower, stopped::isDone);
            return conclude(follower.progress());
        }
    }

    private static void awaitKnown(JobFollower follower, BooleanSupplier stopped) {
        long begun = System.nanoTime();
        while (!follower.unknown().isEmpty()
                && !stopped.getAsBoolean()
                && System.nanoTime() - begun < UNTIL_KNOWN.toNanos()) {
            follower.poll(LOOK);
        }
    }

    private static String unknown(long job) {
        return "job %s is not known: the topics hold no event and no outcome of it, and none came within %s s"
                .formatted(job, UNTIL_KNOWN.toSeconds());
    }

    private String announcement(PlannedJob job) {
        String name = job.plan().name();
        String what = "job %s%s: %s tasks"
                .formatted(
                        job.id(),
                        name.isEmpty() ? "" : " is " + name,
                        job.plan().tasks());
        return follow ? what : what + ", resource group " + job.resourceGroup();
    }

    private void send(List<PlannedGraph> graphs, String sender) throws InterruptedException {
        try (GraphSender lane = new GraphSender(config, sender)) {
            for (PlannedGraph graph : graphs) {
                lane.send(graph.parts());
            }
        }
    }

    private void watch(JobFollower follower, BooleanSupplier stopped) {
        do {
            follower.poll(LOOK);
            view.show(follower.news(), follower.progress(), follower::kinds, follower::counts);
        } while (!stopped.getAsBoolean() && !follower.progress().stream().allMatch(this::isAwaitedNoMore));
    }

    private boolean isAwaitedNoMore(JobProgress job) {
        return job.state().isFinal() || (detach && job.state() != JobState.UNKNOWN);
    }

    private boolean conclude(List<JobProgress> ends) {
        boolean good = true;
        for (JobProgress job : ends) {
            boolean goesOn = !job.state().isFinal();
            if (goesOn) {
                String fact = job.state() == JobState.UNKNOWN ? "was sent, and goes on" : "goes on";
                view.say("job %s %s by itself; to follow it: %s"
                        .formatted(job.job().id(), fact, following(job.job().id())));
            }
            good &= job.state() == JobState.DONE || (detach && goesOn && job.state() != JobState.UNKNOWN);
        }
        return good;
    }

    /** The command that follows a job again, without the settings, which may hold secrets. */
    private String following(long job) {
        Path path = files.get(job);
        String file = path == null ? "" : path.toString();
        String word = file.matches("[\\w./+,@%-]*") ? file : "'" + file.replace("'", "'\\''") + "'";
        return "yardmaster submit --follow=%s %s (and the same settings)"
                .formatted(job, word)
                .replace("  ", " ");
    }
}
