package io.yardmaster.app.api;

import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.values.GraphProgress;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobView;
import io.yardmaster.topology.config.Labels;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Why a job waits, in a word for programs and a sentence for people. */
record Why(Code code, String sentence) {
    /** The reason for programs. */
    enum Code {
        NEXT_IN_ROTATION,
        PENDING_BEHIND,
        PRIORITY,
        WINDOW_FULL,
        LIMIT,
        HOST,
        GANG,
        FINALIZING,
        PAUSED,
        CANCELLED,
        GIVEN_UP,
        NO_FLEET,
        VIEW_TOO_OLD,
        RESTORING,
        IDLE,
        GRAPH,
        ENDED
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Why of(WhyFacts facts) {
        Why why = reason(facts);
        return facts.givenUp() == 0 ? why : withGivenUp(why, facts);
    }

    private static Why reason(WhyFacts facts) {
        Why why = ofShard(facts);
        if (facts.hosts().isEmpty()) {
            return why;
        }
        String sentence = forHosts(facts.hosts());
        return why.code() == Code.GRAPH || why.code() == Code.IDLE
                ? new Why(facts.hosts().get(0).gang() > 1 ? Code.GANG : Code.HOST, sentence)
                : new Why(why.code(), why.sentence() + " " + sentence);
    }

    /** The reason for which tasks wait that are dispatched already, as far as their shard knows: their pools look for hosts. */
    private static String forHosts(List<HostWait> waits) {
        HostWait first = waits.get(0);
        long others = waits.stream().skip(1).mapToLong(HostWait::tasks).sum();
        return count(first.tasks(), "task of it waits", "tasks of it wait")
                + (first.gang() > 1 ? " as a gang" : "")
                + (first.tasks() == 1 ? " for a host" : " for hosts")
                + " of pool " + first.pool() + ": " + first.why() + "."
                + (others == 0 ? "" : " So " + (others == 1 ? "does " : "do ") + number(others) + " with other needs.");
    }

    private static Why ofShard(WhyFacts facts) {
        Why why = turn(facts);
        boolean others = facts.job().map(Why::isPartlyParked).orElse(false);
        return others && facts.limit().isPresent()
                ? new Why(
                        why.code(),
                        why.sentence() + " " + count(facts.job().get().parked(), "task", "tasks") + " of it "
                                + (facts.job().get().parked() == 1 ? "waits" : "wait") + " for "
                                + facts.limit().get().words() + ".")
                : why;
    }

    /** Returns whether some of its tasks wait for their turn, and others for limits. */
    private static boolean isPartlyParked(JobLocation job) {
        return job.parked() > 0
                && (job.view().state() == JobView.State.ACTIVE || job.view().state() == JobView.State.PENDING);
    }

    private static Why parked(WhyFacts facts) {
        String what = facts.limit().map(LimitNeed::words).orElse("its turn among the tasks that need the same limits");
        return new Why(Code.LIMIT, "It waits for " + what + "." + blocked(facts));
    }

    private static Why turn(WhyFacts facts) {
        if (facts.job().isEmpty()) {
            return new Why(Code.RESTORING, restoring(facts.silentShards()));
        }
        JobLocation job = facts.job().get();
        boolean isOpen = job.view().state() == JobView.State.IDLE || job.view().state() == JobView.State.ACTIVE;
        if (isOpen && job.view().bufferedTasks() == 0 && job.detail().graph().isPresent()) {
            return graph(job.detail().graph().get());
        }
        return switch (job.view().state()) {
            case FINALIZING -> finalizing(job, facts);
            case PENDING -> pending(job, facts);
            case PARKED -> parked(facts);
            case PAUSED -> paused(job);
            case ACTIVE -> active(job, facts);
            case IDLE, RESTORING ->
                new Why(
                        Code.IDLE,
                        "Nothing of it waits: all that storage made ready was dispatched, or dropped as a repeat.");
        };
    }

    /** Nobody runs these tasks any more, whatever the job's state is. */
    private static Why withGivenUp(Why why, WhyFacts facts) {
        return new Why(
                why.code() == Code.IDLE || why.code() == Code.GRAPH ? Code.GIVEN_UP : why.code(),
                why.sentence() + " But " + count(facts.givenUp(), "assignment was", "assignments were")
                        + " given up by group " + facts.group()
                        + ": delivered as often as it allows, and never finished. The dead letters say which.");
    }

    private static String restoring(List<Integer> silent) {
        return (silent.size() == 1 ? "Shard " : "Shards ") + list(silent)
                + (silent.size() == 1 ? " does" : " do")
                + " not answer, as the state is being restored or the instance is gone; the job may be there.";
    }

    private static Why finalizing(JobLocation job, WhyFacts facts) {
        if (job.finalizing().isPresent()) {
            String since = time(" since ", job.view().readySinceMs());
            long ahead = job.view().position().orElse(0);
            String turn = ahead == 0
                    ? "is the next of its kind"
                    : "waits behind " + roughly(job) + count(ahead, "other", "others");
            return new Why(
                    Code.FINALIZING,
                    "Finalizing" + since + ": its " + Labels.of(job.finalizing().get()) + " task " + turn + "."
                            + blocked(facts));
        }
        String until = time("; further events about it are ignored until about ", job.gateUntilMs());
        String since = time(" since about ", job.gateSinceMs());
        if (job.cancelled()) {
            return new Why(Code.CANCELLED, "Cancelled" + since + until + ".");
        }
        return job.ended()
                ? new Why(Code.ENDED, "Ended" + since + until + ".")
                : new Why(Code.FINALIZING, "Finalizing" + since + ": its last task has been dispatched" + until + ".");
    }

    private static Why graph(GraphProgress graph) {
        return new Why(
                Code.GRAPH,
                "Nothing of it waits for its turn: " + number(graph.openStages()) + " of its "
                        + count(graph.stages(), "stage", "stages")
                        + (graph.openStages() == 1 ? " has" : " have")
                        + " not ended; their tasks run, wait for those of other stages, or for the end of a back-off.");
    }

    private static Why paused(JobLocation job) {
        long tasks = job.view().bufferedTasks() + (job.finalizing().isPresent() ? 1 : 0);
        return new Why(
                Code.PAUSED,
                "Paused" + time(" since about ", job.pausedSinceMs()) + ": "
                        + (tasks == 0 ? "new tasks of it wait" : count(tasks, "task waits", "tasks wait"))
                        + " until somebody resumes it.");
    }

    private static String higherPriority(JobLocation job) {
        return count(job.tasksBefore(), "task", "tasks") + " of other jobs " + (job.tasksBefore() == 1 ? "goes" : "go")
                + " first, by a higher priority";
    }

    private static Why pending(JobLocation job, WhyFacts facts) {
        if (job.tasksBefore() > 0) {
            return new Why(Code.PRIORITY, "Pending: " + higherPriority(job) + "." + blocked(facts));
        }
        long ahead = job.view().position().orElse(0);
        String behind = ahead == 0
                ? "Pending, and the next to join the rotation"
                : "Pending behind " + roughly(job) + count(ahead, "job", "jobs");
        int places = job.places();
        String taken = job.placesTaken() < places
                ? "it joins at the next turn"
                : places == 1
                        ? "the one place of the rotation is taken"
                        : "all " + number(places) + " places of the rotation are taken";
        return new Why(Code.PENDING_BEHIND, behind + ": " + taken + "." + blocked(facts));
    }

    private static Why active(JobLocation job, WhyFacts facts) {
        if (job.view().bufferedTasks() == 0) {
            return new Why(
                    Code.IDLE, "Nothing of it waits; it leaves the rotation at its next turn unless more comes.");
        }
        Why obstacle = obstacle(facts);
        if (obstacle != null) {
            return obstacle;
        }
        if (job.tasksBefore() > 0) {
            return new Why(Code.PRIORITY, "It has no turn yet: " + higherPriority(job) + ".");
        }
        long turns = job.view().position().orElse(0);
        String when = turns == 0 ? "It has the next turn" : "Its turn comes after " + count(turns, "other", "others");
        return new Why(Code.NEXT_IN_ROTATION, when + ", and the window has room.");
    }

    /** The reason why nothing is dispatched, whichever job has the turn; null if there is none. */
    private static Why obstacle(WhyFacts facts) {
        if (!facts.fresh()) {
            String age = facts.viewAgeMs().isEmpty()
                    ? ""
                    : ", for " + number(facts.viewAgeMs().getAsLong() / 1_000) + " s";
            return new Why(
                    Code.VIEW_TOO_OLD,
                    "It is not known what group " + facts.group() + " has taken" + age
                            + ", and nothing is dispatched until Kafka says it again.");
        }
        if (!facts.windowFull()) {
            return null;
        }
        if (facts.members().orElse(-1) == 0) {
            return new Why(
                    Code.NO_FLEET,
                    "No execution manager is in group " + facts.group() + ", and "
                            + count(facts.windowUsed(), "assignment is", "assignments are") + " outstanding already.");
        }
        String most = facts.fullest().isEmpty()
                ? ""
                : ", most in dispatch partition" + (facts.fullest().size() == 1 ? " " : "s ") + list(facts.fullest());
        return new Why(
                Code.WINDOW_FULL,
                "The window is full: " + number(facts.windowUsed()) + " of " + number(facts.windowCapacity())
                        + " assignments are outstanding, not taken by group " + facts.group() + most + ".");
    }

    private static String blocked(WhyFacts facts) {
        Why obstacle = obstacle(facts);
        return obstacle == null ? "" : " " + obstacle.sentence();
    }

    private static String roughly(JobLocation job) {
        return job.positionExact() ? "" : "about ";
    }

    private static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String list(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            text.append(i == 0 ? "" : i == numbers.size() - 1 ? " and " : ", ").append(numbers.get(i));
        }
        return text.toString();
    }

    /** Nothing if there is no time. */
    private static String time(String before, OptionalLong epochMs) {
        return epochMs.isEmpty() ? "" : before + TIME.format(Instant.ofEpochMilli(epochMs.getAsLong()));
    }
}
