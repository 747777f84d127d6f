package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.http.Request;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Pages of jobs, lane by lane, wherever the lanes are. */
final class JobLists {
    /** A page that takes longer ends where it is. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;

    /** Where a page begins: in a shard, at its beginning or where the page before ended. */
    private record Place(int lane, Optional<String> within) {
        static Place parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 1) {
                throw Parameters.wrong("after", text, "the next of another page", null);
            }
            String rest = text.substring(dot + 1);
            return new Place(
                    Parameters.lane(text.substring(0, dot)), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
        }

        String text() {
            return lane + "." + within.orElse("");
        }
    }

    JobLists(Deployment deployment, LocalApi local, Peers peers) {
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
    }

    ObjectNode page(Request request) {
        JobQuery query = Parameters.jobQuery(request);
        OptionalInt only = Parameters.lane(request);
        DeploymentSnapshot gathered = deployment.now();
        long deadline = System.nanoTime() + LONGEST_NANOS;
        Place place = query.after().map(Place::parse).orElse(new Place(only.orElse(0), Optional.empty()));
        ObjectNode json = Json.object();
        ArrayNode jobs = json.putArray("jobs");
        while (place != null && jobs.size() < query.limit() && System.nanoTime() < deadline) {
            JobQuery rest = new JobQuery(query.group(), query.state(), place.within(), query.limit() - jobs.size());
            Optional<JsonNode> page = ask(gathered, place.lane(), rest);
            page.ifPresent(found -> found.path("jobs").forEach(jobs::add));
            JsonNode next = page.map(found -> found.path("next")).orElse(Json.MAPPER.nullNode());
            Place before = place;
            place = next.isTextual()
                    ? new Place(before.lane(), Optional.of(next.asText()))
                    : after(before, only, gathered.lanes());
        }
        return json.put("next", place == null ? null : place.text());
    }

    private static Place after(Place place, OptionalInt only, int lanes) {
        boolean last = only.isPresent() || place.lane() + 1 >= lanes;
        return last ? null : new Place(place.lane() + 1, Optional.empty());
    }

    /** Empty if the shard does not answer now, so that its jobs are missing. */
    private Optional<JsonNode> ask(DeploymentSnapshot gathered, int lane, JobQuery query) {
        DeploymentSnapshot.Lane answered = gathered.answered().get(lane);
        if (answered == null) {
            return Optional.empty();
        }
        HostPort instance = answered.instance();
        if (instance.equals(deployment.address())) {
            return local.page(lane, query).map(page -> page);
        }
        return peers.ask(instance, "lanes/" + lane + "/jobs" + parameters(query), JsonNode.class)
                .join();
    }

    private static String parameters(JobQuery query) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("limit", Integer.toString(query.limit()));
        query.group().ifPresent(group -> parameters.put("group", Long.toString(group)));
        query.state().ifPresent(state -> parameters.put("state", Labels.of(state)));
        query.after().ifPresent(after -> parameters.put("after", after));
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(text.length() == 0 ? "?" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
