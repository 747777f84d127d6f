package io.yardmaster.torture.nemesis;

import io.yardmaster.schemas.Topic;
import io.yardmaster.torture.process.Cluster;
import io.yardmaster.torture.process.Replaceable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Injects one fault at a time, and undoes it. Its victim and its length are random. */
final class Nemesis {
    private static final long START_SECONDS = 60;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final String CONTROLLER = "controller";
    private static final String LEADER = "leader";
    private static final String COORDINATOR = "coordinator";
    private static final String FORWARD = "forward";
    private static final String BACK = "back";

    private final TortureRig rig;
    private final Random random;
    private final DiskFaults disks;
    private final Deck<String> roles;
    private final Deck<String> directions;
    private final Map<Integer, Long> hoursAhead = new HashMap<>();

    Nemesis(TortureRig rig, Random random) {
        this.rig = rig;
        this.random = random;
        this.disks = new DiskFaults(rig, random);
        this.roles = new Deck<>(List.of(CONTROLLER, LEADER, COORDINATOR), random);
        this.directions = new Deck<>(List.of(FORWARD, BACK), random);
    }

    /** Injects the fault; returns a description when it has been undone. */
    Done inject(Fault fault) {
        return switch (fault) {
            case KILL_SCHEDULER -> kill(any(rig.schedulers()));
            case KILL_WORKER -> kill(any(rig.workers()));
            case KILL_BROKER -> killBroker();
            case KILL_BOTH -> killBoth();
            case PAUSE_SCHEDULER -> pause(ready(any(rig.schedulers())));
            case PAUSE_WORKER -> pause(any(rig.workers()));
            case WIPE_STATE -> disks.wipe();
            case FULL_DISK -> disks.fill();
            case CLOCK_JUMP -> jump();
            case ROLLING_RESTART -> restartAll();
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Half of the time the process is back before any other has noticed. */
    private Done kill(Replaceable process) {
        process.kill9();
        long seconds = random.nextBoolean() ? 0 : 2L + random.nextInt(8);
        sleep(1_000 * seconds);
        process.start();
        return new Done("", "%s, for %d s".formatted(process, seconds));
    }

    /**
     * Waits until it is ready: a scheduler stopped while it starts gets no answer from Kafka in time and rightly ends.
     */
    private static Replaceable ready(Replaceable scheduler) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(START_SECONDS))
                .until(() -> scheduler.printed().lines().anyMatch(line -> line.startsWith("ready ")));
        return scheduler;
    }

    private Done pause(Replaceable process) {
        long millis = 6_500L + random.nextInt(6_000);
        process.stop();
        sleep(millis);
        process.resume();
        return new Done("", "%s, for %d ms".formatted(process, millis));
    }

    private Done killBroker() {
        String role = roles.next();
        int node = broker(role);
        rig.cluster().kill9(node);
        long millis = random.nextInt(6_000);
        sleep(millis);
        rig.cluster().start(node);
        rig.cluster().awaitInSync();
        return new Done(role, "broker-%d (%s), for %d ms".formatted(node, role, millis));
    }

    private int broker(String role) {
        Cluster cluster = rig.cluster();
        return switch (role) {
            case CONTROLLER -> cluster.controller();
            case LEADER -> cluster.leader(rig.deployment().names().of(Topic.DISPATCH), 0);
            default -> cluster.coordinator(rig.deployment().settings().get("kafka.application.id"));
        };
    }

    /** The group loses a member together with the broker that should notice. */
    private Done killBoth() {
        int node = broker(COORDINATOR);
        Replaceable scheduler = any(rig.schedulers());
        rig.cluster().kill9(node);
        scheduler.kill9();
        long millis = random.nextInt(6_000);
        sleep(millis);
        rig.cluster().start(node);
        scheduler.start();
        rig.cluster().awaitInSync();
        return new Done("", "broker-%d (%s) and %s, for %d ms".formatted(node, COORDINATOR, scheduler, millis));
    }

    /** Jumps forward or back; in half of all cases the scheduler starts at that moment. */
    private Done jump() {
        int instance = random.nextInt(rig.schedulers().size());
        Replaceable process = rig.schedulers().get(instance);
        String direction = directions.next();
        long jump = (direction.equals(BACK) ? -1 : 1) * (1L + random.nextInt(40));
        long ahead = hoursAhead.merge(instance, jump, Long::sum);
        try {
            Files.writeString(rig.deployment().clock(instance), Long.toString(ahead * HOUR_MS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean restarts = random.nextBoolean();
        if (restarts) {
            process.kill9();
            process.start();
        }
        return new Done(
                direction, "%s by %d h to %d h%s".formatted(process, jump, ahead, restarts ? ", restarted" : ""));
    }

    private Done restartAll() {
        Stream.concat(rig.schedulers().stream(), rig.workers().stream()).forEach(process -> {
            process.terminate();
            process.start();
            sleep(1_500);
        });
        for (int node = 1; node <= Cluster.NODES; node++) {
            rig.cluster().terminate(node);
            rig.cluster().start(node);
            rig.cluster().awaitInSync();
        }
        return new Done("", "everything");
    }

    static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
