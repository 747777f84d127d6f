package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.views.InstanceSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All instances together, at most a second old: however many clients ask, each instance is asked once a second. */
final class Deployment {
    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final Supplier<Optional<InstanceQueries>> lookout;
    private final HostPort address;
    private final Peers peers;
    private final LongSupplier clock;
    private DeploymentSnapshot latest;
    private long gatheredAt;

    Deployment(Supplier<Optional<InstanceQueries>> lookout, HostPort address, Peers peers, LongSupplier clock) {
        this.lookout = lookout;
        this.address = address;
        this.peers = peers;
        this.clock = clock;
    }

    InstanceQueries here() {
        return lookout.get().orElseThrow(() -> new HttpProblem(503, 503, "the scheduler is not running yet"));
    }

    HostPort address() {
        return address;
    }

    synchronized DeploymentSnapshot now() {
        if (latest == null || System.nanoTime() - gatheredAt > MAX_AGE_NANOS) {
            latest = gather();
            gatheredAt = System.nanoTime();
        }
        return latest;
    }

    private DeploymentSnapshot gather() {
        InstanceQueries here = here();
        Map<HostPort, CompletableFuture<Optional<InstanceSnapshot>>> asked = new LinkedHashMap<>();
        Map<HostPort, List<Integer>> known = here.instances();
        others(known).forEach(other -> asked.put(other, peers.ask(other, "snapshot", InstanceSnapshot.class)));
        List<DeploymentSnapshot.Instance> instances = new ArrayList<>();
        InstanceSnapshot own = here.snapshot(LocalApi.PATIENCE);
        instances.add(new DeploymentSnapshot.Instance(address, own.active(), Optional.of(own)));
        asked.forEach((other, answer) -> instances.add(new DeploymentSnapshot.Instance(
                other, known.get(other), answer.join().filter(said -> isFrom(other, said, own)))));
        return new DeploymentSnapshot(clock.getAsLong(), here.shards(), instances);
    }

    /** An address such as 127.0.0.1 may lead to an instance that gave it on another machine, or of another deployment. */
    private static boolean isFrom(HostPort asked, InstanceSnapshot said, InstanceSnapshot own) {
        return asked.toString().equals(said.instance()) && own.applicationId().equals(said.applicationId());
    }

    /** Addresses of the other instances. */
    List<HostPort> others() {
        return others(here().instances());
    }

    private List<HostPort> others(Map<HostPort, List<Integer>> known) {
        return known.keySet().stream().filter(other -> !other.equals(address)).toList();
    }
}
