package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Request;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.StagePage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Looks for the graph of a job in all instances. */
final class GraphAnswers {
    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;
    private final HostAnswers hosts;

    GraphAnswers(Deployment deployment, LocalApi local, Peers peers, HostAnswers hosts) {
        this.hosts = hosts;
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
    }

    /** A page of stages. Throws 404 if no shard that answers knows a graph of the job. */
    StagesAnswer stages(long job, Request request) {
        int from = Parameters.from(request);
        int limit = Parameters.limit(request);
        Optional<StagePage> here = local.stages(job, from, limit);
        StagePage page = here.isPresent() ? here.get() : elsewhere(job, "stages", from, limit, StagePage.class);
        boolean placed = !deployment.here().policy().placed().isEmpty();
        return StagesAnswer.of(
                page, LimitAnswer.of(deployment.now(), deployment.here()), placed ? hosts.waits(job) : List.of());
    }

    /** Returns whether a shard that answers knows a graph of the job, and that it has ended. */
    boolean haveEnded(long job) {
        Optional<StagePage> here = local.stages(job, 0, 1);
        try {
            StagePage page = here.isPresent() ? here.get() : elsewhere(job, "stages", 0, 1, StagePage.class);
            return switch (page.state()) {
                case SUCCEEDED, FAILED, CANCELLED -> true;
                case RUNNING, COMMITTING, CLEANING_UP -> false;
            };
        } catch (HttpProblem unknown) {
            return false;
        }
    }

    /** A page of failed tasks, likewise. */
    FailurePage failures(long job, Request request) {
        int from = Parameters.from(request);
        int limit = Parameters.limit(request);
        Optional<FailurePage> here = local.failures(job, from, limit);
        return here.isPresent() ? here.get() : elsewhere(job, "failures", from, limit, FailurePage.class);
    }

    private <T> T elsewhere(long job, String what, int from, int limit, Class<T> type) {
        String path = "jobs/" + job + "/" + what + "?after=" + from + "&limit=" + limit;
        List<CompletableFuture<Optional<T>>> asked = deployment.others().stream()
                .map(other -> peers.ask(other, path, type))
                .toList();
        return asked.stream()
                .flatMap(answer -> answer.join().stream())
                .findFirst()
                .orElseThrow(() -> new HttpProblem(
                        404,
                        404,
                        "no graph of job " + job
                                + " is known: it never had one, it ended long ago or before many others,"
                                + " or its shard does not answer"));
    }
}
