package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.core.values.Run;
import io.yardmaster.core.view.JobDetail;
import io.yardmaster.core.view.JobView;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.views.JobEvent;
import io.yardmaster.topology.views.JobLocation;

/** Jobs as the API shows them. */
final class JobJson {
    private JobJson() {}

    static ObjectNode of(JobView job, int lane, long session) {
        return Json.object()
                .put("job", Long.toString(job.job()))
                .put("group", Long.toString(job.group()))
                .put("lane", lane)
                .put("state", Labels.of(job.state()))
                .put("position", Json.orNull(job.position()))
                .put("buffered_tasks", job.buffered())
                .put("assignments", Json.orNull(job.offered()))
                .put("session", Json.session(session))
                .put("ready_since_ms", Json.orNull(job.readySince()))
                .put("latest_event_ms", Json.orNull(job.latestEvent()));
    }

    /** All but why it waits, and the facts behind that. */
    static ObjectNode of(JobLocation sighting) {
        JobDetail detail = sighting.detail();
        ObjectNode json = of(detail.job(), sighting.shard(), sighting.session());
        ArrayNode runs = json.putArray("runs");
        for (Run run : detail.runs()) {
            runs.addObject().put("first", run.first()).put("count", run.count()).put("attempt", run.attempt());
        }
        json.put("buffered_runs", detail.bufferedRuns());
        ArrayNode history = json.putArray("history");
        for (JobEvent event : sighting.history()) {
            history.addObject()
                    .put("at_ms", event.atMs())
                    .put("what", event.what())
                    .put("detail", event.detail());
        }
        return json;
    }

    /** A job that may be in a shard that does not answer. */
    static ObjectNode unknown(long job) {
        ObjectNode json = Json.object()
                .put("job", Long.toString(job))
                .putNull("group")
                .putNull("lane")
                .put("state", "restoring")
                .putNull("position")
                .put("buffered_tasks", 0)
                .putNull("assignments")
                .putNull("session")
                .putNull("ready_since_ms")
                .putNull("latest_event_ms");
        json.putArray("runs");
        json.put("buffered_runs", 0);
        json.putArray("history");
        return json;
    }
}
