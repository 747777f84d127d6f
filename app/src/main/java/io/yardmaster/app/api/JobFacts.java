package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.core.view.JobDetail;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.views.JobLocation;

/**
 * An instance's answer to another instance about a job: the job as the API shows it, and more.
 *
 * @param job as the API shows it
 * @param finalizing {@code commit} or {@code cleanup} if that task waits to be offered; else null
 * @param gateSinceMs null unless it is finalizing and none waits, as is {@code gateUntilMs}
 */
record JobFacts(
        JsonNode job,
        boolean positionExact,
        String finalizing,
        Long gateSinceMs,
        Long gateUntilMs,
        boolean ended,
        int places,
        int placesTaken) {

    static JobFacts of(JobLocation sighting) {
        JobDetail detail = sighting.detail();
        return new JobFacts(
                JobJson.of(sighting),
                detail.job().exact(),
                detail.finalizing().map(Labels::of).orElse(null),
                Json.orNull(detail.gateSince()),
                Json.orNull(detail.gateUntil()),
                detail.ended(),
                sighting.places(),
                sighting.placesTaken());
    }
}
