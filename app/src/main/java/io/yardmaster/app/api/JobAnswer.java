package io.yardmaster.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.yardmaster.core.view.JobDetail;
import io.yardmaster.core.view.JobLocation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Answer of {@code /api/jobs/{job}}: a job, and why it waits. */
record JobAnswer(@JsonUnwrapped JobDetail job, Why why, Waiting waiting) {

    /** The facts behind the sentence. */
    record Waiting(
            int places,
            int placesTaken,
            long windowCapacity,
            long windowUsed,
            List<Integer> fullestPartitions,
            OptionalInt fleetMembers,
            OptionalLong viewAgeMs,
            OptionalLong gateSinceMs,
            OptionalLong gateUntilMs,
            OptionalLong pausedSinceMs,
            long parked,
            Optional<LimitNeed> limit) {

        static Waiting of(WhyFacts facts) {
            Optional<JobLocation> job = facts.job();
            return new Waiting(
                    job.map(JobLocation::places).orElse(0),
                    job.map(JobLocation::placesTaken).orElse(0),
                    facts.windowCapacity(),
                    facts.windowUsed(),
                    facts.fullest(),
                    facts.members(),
                    facts.viewAgeMs(),
                    job.map(Waiting::gateSince).orElse(OptionalLong.empty()),
                    job.map(JobLocation::gateUntilMs).orElse(OptionalLong.empty()),
                    job.map(JobLocation::pausedSinceMs).orElse(OptionalLong.empty()),
                    job.map(JobLocation::parked).orElse(0L),
                    facts.limit());
        }

        private static OptionalLong gateSince(JobLocation job) {
            return job.finalizing().isPresent() ? job.view().readySinceMs() : job.gateSinceMs();
        }
    }

    static JobAnswer of(long job, WhyFacts facts) {
        return new JobAnswer(
                facts.job().map(JobLocation::detail).orElseGet(() -> JobDetail.restoring(job)),
                Why.of(facts),
                Waiting.of(facts));
    }
}
