package io.yardmaster.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.schemas.Topic;
import io.yardmaster.torture.checker.HostChecker;
import io.yardmaster.torture.load.HostLoad;
import io.yardmaster.torture.mutation.Patches;
import io.yardmaster.torture.process.Cluster;
import io.yardmaster.torture.process.Replaceable;
import io.yardmaster.torture.process.TortureDeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Hosts and schedulers as processes of their own, under faults; afterwards the checker reads the topics. */
class HostTortureIT {
    private static final String POOL = "farm";
    private static final int HOSTS = 3;
    private static final int SCHEDULERS = 2;
    private static final double SLEEP_SECONDS = 0.4;
    private static final int PARALLEL = 8;
    /** A longer run is on a cluster, of which brokers die, too. */
    private static final Duration ON_ONE_BROKER = Duration.ofSeconds(60);
    /** Jobs end again after so long at most, whatever has happened: a host that is silent for good is released after 40 s. */
    private static final Duration LONGEST_STALL = Duration.ofMinutes(2);

    private enum HostFault {
        KILL_HOST,
        SHRINK_HOST,
        STOP_HOST,
        DRAIN_HOST,
        KILL_PLANNING_SCHEDULER,
        /** Only if there are several. */
        KILL_BROKER
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final Duration length = Duration.ofSeconds(Long.getLong("torture.hosts.seconds", 8));
    private final long seed = seed();
    private final Random random = new Random(seed);
    private final List<AtomicInteger> sizes = new ArrayList<>();
    private final List<Replaceable> hosts = new ArrayList<>();
    private final List<Replaceable> schedulers = new ArrayList<>();
    /** The schedulers die in turn, so that of two that die one has placement. */
    private int nextScheduler;

    private static long seed() {
        String given = System.getProperty("torture.seed", "");
        return given.isEmpty() ? new Random().nextInt(1_000_000) : Long.parseLong(given);
    }

    @Test
    void P1_P4_P5_holdWhateverHappensToHostsAndToThePlacement() {
        System.out.println("seed %d, %d s with hosts, in %s".formatted(seed, length.toSeconds(), directory));
        if (isLong()) {
            try (Cluster cluster = new Cluster(directory)) {
                torture(cluster.bootstrapServers(), cluster.admin(), Optional.of(cluster));
            }
        } else {
            try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                    Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                torture(kafka.bootstrapServers(), admin, Optional.empty());
            }
        }
    }

    private boolean isLong() {
        return length.compareTo(ON_ONE_BROKER) > 0;
    }

    private void torture(String servers, Admin admin, Optional<Cluster> cluster) {
        try (TortureDeployment deployment = new TortureDeployment(
                servers,
                directory,
                "hosts",
                Map.of("events", "jobs", "refused.backoff", "200ms", "dispatch.capacity", "1000"))) {
            deployment.createTopicsOfHosts(admin, 2, 4, cluster.isPresent() ? Cluster.NODES : 1);
            HostLoad.setPolicy(deployment.settings(), POOL);
            start(deployment);
            try (HostLoad load = new HostLoad(deployment.settings(), POOL, seed)) {
                boolean goesOn = goesOn(load) && harm(load, deployment, cluster);
                hosts.forEach(host -> {
                    if (!host.isAlive()) {
                        host.start();
                    }
                });
                boolean ends = goesOn && end(load);
                schedulers.forEach(Replaceable::terminate);
                hosts.forEach(Replaceable::terminate);
                HostChecker.Result result = HostChecker.check(deployment.settings(), POOL);
                System.out.println("seed %d: %d jobs ended, %d sessions; %s"
                        .formatted(seed, load.ended(), load.sessions(), result));
                assertThat(result.verdict().isClean())
                        .as("seed %d: %s", seed, result.verdict())
                        .isTrue();
                assertThat(ends)
                        .as("seed %d: these jobs do not end: %s", seed, load.open())
                        .isTrue();
                assertThat(result.gangs()).as("gangs").isPositive();
            }
        }
    }

    private void start(TortureDeployment deployment) {
        Path patches = Patches.slowPlans(directory.resolve("classes"));
        for (int instance = 0; instance < SCHEDULERS; instance++) {
            schedulers.add(deployment.scheduler(instance, patches, Map.of()));
        }
        for (int number = 0; number < HOSTS; number++) {
            AtomicInteger size = new AtomicInteger(HostLoad.MOST_CPU);
            sizes.add(size);
            String zone = HostLoad.ZONES.get(number % HostLoad.ZONES.size());
            hosts.add(deployment.host("host-" + number, POOL, size::get, zone, SLEEP_SECONDS, PARALLEL));
        }
        schedulers.forEach(Replaceable::start);
        hosts.forEach(Replaceable::start);
        // A scheduler that does not know the pool would refuse its graphs.
        SchedulerPages pages = new SchedulerPages();
        schedulers.forEach(scheduler -> Awaitility.await()
                .atMost(LONGEST_STALL)
                .ignoreExceptions()
                .until(() -> pages.get(scheduler, "/api/policy").orElse("").contains("pool/" + POOL)));
    }

    /** Returns true if jobs ended after each fault. */
    private boolean harm(HostLoad load, TortureDeployment deployment, Optional<Cluster> cluster) {
        Set<HostFault> faults = EnumSet.allOf(HostFault.class);
        if (cluster.isEmpty()) {
            faults.remove(HostFault.KILL_BROKER);
        }
        Deck<HostFault> deck = new Deck<>(List.copyOf(faults), random);
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            HostFault fault = deck.next();
            String what = fault == HostFault.KILL_BROKER
                    ? killBroker(load, deployment, cluster.orElseThrow())
                    : inject(fault, load);
            boolean goesOn = goesOn(load);
            System.out.println("%s: %s; %d jobs ended".formatted(fault, what, load.ended()));
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }

    private String inject(HostFault fault, HostLoad load) {
        int number = random.nextInt(HOSTS);
        Replaceable host = hosts.get(number);
        return switch (fault) {
            case KILL_HOST -> {
                host.kill9();
                long millis = random.nextBoolean() ? 0 : 1_000L * random.nextInt(isLong() ? 60 : 4);
                goOn(load, millis);
                host.start();
                yield "%s, for %d ms".formatted(host, millis);
            }
            case SHRINK_HOST -> {
                host.kill9();
                sizes.get(number).set(2);
                host.start();
                goOn(load, 3_000);
                host.kill9();
                sizes.get(number).set(HostLoad.MOST_CPU);
                host.start();
                yield "%s to 2 cpu and back".formatted(host);
            }
            case STOP_HOST -> {
                long millis = 1_000L * (3 + random.nextInt(isLong() ? 60 : 4));
                host.stop();
                goOn(load, millis);
                host.resume();
                yield "%s, for %d ms".formatted(host, millis);
            }
            case DRAIN_HOST -> {
                host.terminate();
                goOn(load, 1_000);
                host.start();
                yield host.toString();
            }
            case KILL_PLANNING_SCHEDULER -> {
                Replaceable scheduler = schedulers.get(nextScheduler);
                nextScheduler = (nextScheduler + 1) % SCHEDULERS;
                scheduler.kill9();
                scheduler.start();
                yield scheduler.toString();
            }
            case KILL_BROKER -> throw new IllegalArgumentException("it needs a cluster");
        };
    }

    /** The one that most of the traffic of placement goes through, or that has its group. */
    private String killBroker(HostLoad load, TortureDeployment deployment, Cluster cluster) {
        String role = List.of("hosts", "pool", "coordinator").get(random.nextInt(3));
        int node =
                switch (role) {
                    case "hosts" -> cluster.leader(deployment.names().of(Topic.HOSTS), 0);
                    case "pool" -> cluster.leader(deployment.names().dispatch(POOL), 0);
                    default -> cluster.coordinator(deployment.settings().get("kafka.application.id"));
                };
        cluster.kill9(node);
        int millis = random.nextInt(6_000);
        goOn(load, millis);
        cluster.start(node);
        cluster.awaitInSync();
        return "broker-%d (%s), for %d ms".formatted(node, role, millis);
    }

    private static void goOn(HostLoad load, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            load.step();
        } while (System.nanoTime() < end);
    }

    /** Returns true when another job has ended. */
    private static boolean goesOn(HostLoad load) {
        long before = load.ended();
        long end = System.nanoTime() + LONGEST_STALL.toNanos();
        while (load.ended() == before && System.nanoTime() < end) {
            load.step();
        }
        return load.ended() > before;
    }

    /** Returns true when all jobs have ended; waits as long as some do. */
    private static boolean end(HostLoad load) {
        load.resumeAll();
        long before = load.ended();
        long end = System.nanoTime() + LONGEST_STALL.toNanos();
        while (!load.open().isEmpty() && System.nanoTime() < end) {
            load.follow(Duration.ofMillis(50));
            if (load.ended() > before) {
                before = load.ended();
                end = System.nanoTime() + LONGEST_STALL.toNanos();
            }
        }
        return load.open().isEmpty();
    }
}
