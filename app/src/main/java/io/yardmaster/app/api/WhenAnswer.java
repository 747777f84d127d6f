package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.yardmaster.replay.forecast.StageStart;
import io.yardmaster.replay.forecast.StartEstimate;
import io.yardmaster.replay.forecast.TimeSpread;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answer of {@code /api/jobs/{job}/when}: an estimate of when a job starts. Its times are from {@code at_ms} on.
 *
 * @param sentence the answer for people
 * @param start empty if it does not start within the steps of an estimate
 * @param notBeforeMs then, a time within which it does not
 * @param end empty if it does not end within these steps, or has more stages than are looked at
 * @param dependsOn sentences about what the start depends on
 * @param stages those of its graph that were looked at
 * @param draws the number of courses of the future from which the quantiles are taken
 * @param slots tasks of the default pool that run at the same time
 * @param notes sentences about what the estimate assumes and leaves out
 */
public record WhenAnswer(
        @JsonSerialize(using = ToStringSerializer.class) long job,
        long atMs,
        String sentence,
        Optional<Quantiles> start,
        OptionalLong notBeforeMs,
        Optional<Quantiles> end,
        long jobsBefore,
        long higherBefore,
        long tasksBefore,
        List<String> dependsOn,
        List<StageWhen> stages,
        int draws,
        int slots,
        List<String> notes) {

    /** Quantiles of a time in ms. */
    public record Quantiles(long p10Ms, long p50Ms, long p90Ms) {
        static Quantiles of(TimeSpread spread) {
            return new Quantiles(spread.p10(), spread.p50(), spread.p90());
        }
    }

    /**
     * A stage of the job.
     *
     * @param start empty if it does not start within the steps of an estimate
     * @param after stages that it waits for and that have not ended
     * @param recorded the number of recorded times from which its durations are drawn; 0 if they are assumed
     */
    public record StageWhen(String stage, Optional<Quantiles> start, List<String> after, int recorded) {
        static StageWhen of(StageStart stage) {
            return new StageWhen(stage.stage(), stage.start().map(Quantiles::of), stage.after(), stage.recorded());
        }

        /** Its start and what it waits for, in words. */
        public String words() {
            String when = start.map(times -> times.p90Ms() == 0
                            ? "now"
                            : "in about " + RoughTime.of(times.p50Ms()) + " (" + RoughTime.of(times.p10Ms()) + " to "
                                    + RoughTime.of(times.p90Ms()) + ")")
                    .orElse("not within the estimate");
            return when + (after.isEmpty() ? "" : ", after " + String.join(", ", after));
        }
    }

    static WhenAnswer of(
            long job, long at, StartEstimate estimate, int slots, List<String> dependsOn, List<String> notes) {
        return new WhenAnswer(
                job,
                at,
                sentence(estimate),
                estimate.start().map(Quantiles::of),
                estimate.notBefore(),
                estimate.end().map(Quantiles::of),
                estimate.jobsBefore(),
                estimate.higherBefore(),
                estimate.tasksBefore(),
                dependsOn,
                estimate.stages().stream().map(StageWhen::of).toList(),
                estimate.draws(),
                slots,
                notes);
    }

    private static String sentence(StartEstimate estimate) {
        if (estimate.start().isEmpty()) {
            return "It starts later than in "
                    + RoughTime.of(estimate.notBefore().orElse(0)) + ": an estimate looks no further.";
        }
        TimeSpread start = estimate.start().get();
        String end = estimate.end()
                .map(spread -> ", and ends in about " + RoughTime.of(spread.p50()))
                .orElse("");
        if (start.p90() == 0) {
            return "It starts now" + end + ".";
        }
        return "It starts in about " + RoughTime.of(start.p50()) + " (8 times out of 10 after "
                + RoughTime.of(start.p10()) + " to " + RoughTime.of(start.p90()) + ")" + end + ".";
    }
}
