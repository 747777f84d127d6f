package io.yardmaster.app.api;

import io.yardmaster.app.http.Request;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.core.view.JobView;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Pages of jobs, shard by shard, in whichever instances the shards are. */
final class JobLists {
    /** A page that takes longer ends where it is. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;

    /** The beginning of a page: a shard, and the end of the page before if that was in the same shard. */
    private record Place(int shard, Optional<String> within) {
        static Place parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 1) {
                throw Parameters.wrong("after", text, "the next of another page", null);
            }
            String rest = text.substring(dot + 1);
            return new Place(
                    Parameters.shard(text.substring(0, dot)), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
        }

        String text() {
            return shard + "." + within.orElse("");
        }
    }

    JobLists(Deployment deployment, LocalApi local, Peers peers) {
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
    }

    JobPage page(Request request) {
        JobQuery query = Parameters.jobQuery(request);
        OptionalInt only = Parameters.shard(request);
        DeploymentSnapshot gathered = deployment.now();
        long deadline = System.nanoTime() + LONGEST_NANOS;
        Optional<Place> place =
                Optional.of(query.after().map(Place::parse).orElse(new Place(only.orElse(0), Optional.empty())));
        List<JobView> jobs = new ArrayList<>();
        while (place.isPresent() && jobs.size() < query.limit() && System.nanoTime() < deadline) {
            Place at = place.get();
            Optional<JobPage> page = ask(
                    gathered,
                    at.shard(),
                    new JobQuery(query.group(), query.state(), at.within(), query.limit() - jobs.size()));
            page.ifPresent(found -> jobs.addAll(found.jobs()));
            place = page.flatMap(JobPage::next)
                    .map(next -> new Place(at.shard(), Optional.of(next)))
                    .or(() -> after(at, only, gathered.shards()));
        }
        return new JobPage(jobs, place.map(Place::text));
    }

    private static Optional<Place> after(Place place, OptionalInt only, int shards) {
        boolean last = only.isPresent() || place.shard() + 1 >= shards;
        return last ? Optional.empty() : Optional.of(new Place(place.shard() + 1, Optional.empty()));
    }

    /** Empty if the shard does not answer now, so that its jobs are missing. */
    private Optional<JobPage> ask(DeploymentSnapshot gathered, int shard, JobQuery query) {
        DeploymentSnapshot.AnsweringShard answered = gathered.answered().get(shard);
        if (answered == null) {
            return Optional.empty();
        }
        HostPort instance = answered.instance();
        if (instance.equals(deployment.address())) {
            return local.page(shard, query);
        }
        return peers.ask(instance, "lanes/" + shard + "/jobs?" + parameters(query), JobPage.class)
                .join();
    }

    private static String parameters(JobQuery query) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("limit", Integer.toString(query.limit()));
        query.group().ifPresent(group -> parameters.put("group", Long.toString(group)));
        query.state().ifPresent(state -> parameters.put("state", Labels.of(state)));
        query.after().ifPresent(after -> parameters.put("after", after));
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
