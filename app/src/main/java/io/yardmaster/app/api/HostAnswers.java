package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Request;
import io.yardmaster.core.placement.HostPage;
import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.schemas.GraphLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Looks for pools that place tasks on hosts in all instances. */
final class HostAnswers {
    /** The most hosts of an instance's pools that an estimate of a start looks at. */
    static final int MOST_HOSTS = 2_000;

    /** The most tasks of these pools, with a host or without one, that it looks at. */
    static final int MOST_TASKS = 20_000;

    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;

    HostAnswers(Deployment deployment, LocalApi local, Peers peers) {
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
    }

    /** The pools of one instance, as instances tell each other. */
    record LocalPools(List<PoolHosts> pools) {}

    /** The tasks of a job that wait for hosts in pools of one instance, likewise. */
    record LocalWaits(List<HostWait> waits) {}

    /** Pools of one instance as loads, likewise. */
    record LocalLoads(List<PoolLoad> pools) {}

    HostsAnswer.All pools() {
        List<CompletableFuture<Optional<LocalPools>>> asked = ask("hosts", LocalPools.class);
        List<PoolHosts> all = new ArrayList<>(local.pools());
        asked.forEach(answer -> answer.join().ifPresent(found -> all.addAll(found.pools())));
        return HostsAnswer.All.of(all);
    }

    /** A page of the hosts of a pool. Throws 404 if no instance that answers knows of any. */
    HostsAnswer hosts(String pool, Request request) {
        if (!pool.matches(GraphLimits.POOL_NAME)) {
            throw new HttpProblem(400, 400, "pool: must be the name of a pool");
        }
        String after = Parameters.host(request);
        int limit = Parameters.limit(request);
        Optional<HostPage> here = local.hosts(pool, after, limit);
        return HostsAnswer.of(here.or(() -> {
                    String path = "hosts/" + pool + "?after=" + after + "&limit=" + limit;
                    return ask(path, HostPage.class).stream()
                            .flatMap(answer -> answer.join().stream())
                            .findFirst();
                })
                .orElseThrow(() -> new HttpProblem(
                        404, 404, "nothing is known of hosts of pool " + pool + ", or its instance does not answer")));
    }

    /** The tasks of a job that wait for hosts, as far as instances answer. */
    List<HostWait> waits(long job) {
        List<CompletableFuture<Optional<LocalWaits>>> asked = ask("jobs/" + job + "/hosts", LocalWaits.class);
        List<HostWait> all = new ArrayList<>(local.waits(job));
        asked.forEach(answer -> answer.join().ifPresent(found -> all.addAll(found.waits())));
        return all;
    }

    /** The loads of some pools, as far as instances answer. */
    List<PoolLoad> loads(long job, Set<String> pools) {
        if (pools.isEmpty()) {
            return List.of();
        }
        List<CompletableFuture<Optional<LocalLoads>>> asked =
                ask("jobs/" + job + "/pools?names=" + String.join(",", pools), LocalLoads.class);
        List<PoolLoad> all = new ArrayList<>(local.poolLoads(job, pools));
        asked.forEach(answer -> answer.join().ifPresent(found -> all.addAll(found.pools())));
        return all;
    }

    private <T> List<CompletableFuture<Optional<T>>> ask(String path, Class<T> type) {
        return deployment.others().stream()
                .map(other -> peers.ask(other, path, type))
                .toList();
    }
}
