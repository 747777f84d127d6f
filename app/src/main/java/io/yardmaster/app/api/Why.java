package io.yardmaster.app.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Why a job waits, in a word for programs and a sentence for people. */
record Why(String code, String sentence) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The reason, out of the facts alone. */
    static Why of(WhyFacts facts) {
        Why why = reason(facts);
        return facts.givenUp() == 0 ? why : withGivenUp(why, facts);
    }

    private static Why reason(WhyFacts facts) {
        if (facts.job() == null) {
            return new Why("restoring", restoring(facts.silentLanes()));
        }
        return switch (facts.state()) {
            case "finalizing" -> finalizing(facts);
            case "pending" -> pending(facts);
            case "active" -> active(facts);
            default ->
                new Why(
                        "idle",
                        "Nothing of it waits: all that storage made ready was dispatched, or dropped as a repeat.");
        };
    }

    /** Nobody runs those any more, whatever else holds for the job. */
    private static Why withGivenUp(Why why, WhyFacts facts) {
        return new Why(
                why.code().equals("idle") ? "given-up" : why.code(),
                why.sentence() + " But " + count(facts.givenUp(), "assignment was", "assignments were")
                        + " given up by group " + facts.group()
                        + ": delivered as often as it allows, and never finished. The dead letters say which.");
    }

    private static String restoring(List<Integer> silent) {
        return (silent.size() == 1 ? "Shard " : "Shards ") + list(silent)
                + (silent.size() == 1 ? " does" : " do")
                + " not answer, as the state is being restored or the instance is gone; the job may be there.";
    }

    private static Why finalizing(WhyFacts facts) {
        JobFacts job = facts.job();
        if (job.finalizing() != null) {
            String since = facts.readySinceMs() == null ? "" : " since " + time(facts.readySinceMs());
            long ahead = facts.position() == null ? 0 : facts.position();
            String turn = ahead == 0
                    ? "is the next of its kind"
                    : "waits behind " + roughly(job) + count(ahead, "other", "others");
            return new Why(
                    "finalizing",
                    "Finalizing" + since + ": its " + job.finalizing() + " task " + turn + "." + blocked(facts));
        }
        String until = job.gateUntilMs() == null
                ? ""
                : "; what comes for it is ignored until about " + time(job.gateUntilMs());
        String since = job.gateSinceMs() == null ? "" : " since about " + time(job.gateSinceMs());
        return job.ended()
                ? new Why("ended", "Ended" + since + until + ".")
                : new Why("finalizing", "Finalizing" + since + ": its last task has been dispatched" + until + ".");
    }

    private static Why pending(WhyFacts facts) {
        long ahead = facts.position() == null ? 0 : facts.position();
        String behind = ahead == 0
                ? "Pending, and the next to join the rotation"
                : "Pending behind " + roughly(facts.job()) + count(ahead, "job", "jobs");
        int places = facts.job().places();
        String taken = facts.job().placesTaken() < places
                ? "it joins at the next turn"
                : places == 1
                        ? "the one place of the rotation is taken"
                        : "all " + number(places) + " places of the rotation are taken";
        return new Why("pending-behind", behind + ": " + taken + "." + blocked(facts));
    }

    private static Why active(WhyFacts facts) {
        if (facts.buffered() == 0) {
            return new Why("idle", "Nothing of it waits; it leaves the rotation at its next turn unless more comes.");
        }
        Why obstacle = obstacle(facts);
        if (obstacle != null) {
            return obstacle;
        }
        long turns = facts.position() == null ? 0 : facts.position();
        String when = turns == 0 ? "It has the next turn" : "Its turn comes after " + count(turns, "other", "others");
        return new Why("next-in-rotation", when + ", and the window has room.");
    }

    /** The reason for which nothing at all is dispatched; null if there is none. */
    private static Why obstacle(WhyFacts facts) {
        if (!facts.fresh()) {
            String age = facts.viewAgeMs() == null ? "" : ", for " + number(facts.viewAgeMs() / 1_000) + " s";
            return new Why(
                    "view-too-old",
                    "It is not known what group " + facts.group() + " has taken" + age
                            + ", and nothing is dispatched until Kafka says it again.");
        }
        if (!facts.windowFull()) {
            return null;
        }
        if (facts.members() != null && facts.members() == 0) {
            return new Why(
                    "no-fleet",
                    "No execution manager is in group " + facts.group() + ", and "
                            + count(facts.windowUsed(), "assignment is", "assignments are") + " outstanding already.");
        }
        String most = facts.fullest().isEmpty()
                ? ""
                : ", most in dispatch partition" + (facts.fullest().size() == 1 ? " " : "s ") + list(facts.fullest());
        return new Why(
                "window-full",
                "The window is full: " + number(facts.windowUsed()) + " of " + number(facts.windowCapacity())
                        + " assignments are outstanding in group " + facts.group() + most + ".");
    }

    private static String blocked(WhyFacts facts) {
        Why obstacle = obstacle(facts);
        return obstacle == null ? "" : " " + obstacle.sentence();
    }

    private static String roughly(JobFacts job) {
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

    private static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }
}
