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

/** Does harm, one fault at a time, and undoes it. Whom and for how long is decided by chance. */
final class Nemesis {
    private static final long START_SECONDS = 60;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final String CONTROLLER = "controller";
    private static final String LEADER = "leader";
    private static final String COORDINATOR = "coordinator";
    private static final String FORWARD = "forward";
    private static final String BACK = "back";

    private final TortureRig yard;
    private final Random random;
    private final DiskFaults disks;
    private final Deck<String> roles;
    private final Deck<String> directions;
    private final Map<Integer, Long> hoursAhead = new HashMap<>();

    Nemesis(TortureRig yard, Random random) {
        this.yard = yard;
        this.random = random;
        this.disks = new DiskFaults(yard, random);
        this.roles = new Deck<>(List.of(CONTROLLER, LEADER, COORDINATOR), random);
        this.directions = new Deck<>(List.of(FORWARD, BACK), random);
    }

    /** Returns what was done to whom, when it has been undone. */
    Done does(Fault fault) {
        return switch (fault) {
            case KILL_SCHEDULER -> kill(any(yard.schedulers()));
            case KILL_WORKER -> kill(any(yard.workers()));
            case KILL_BROKER -> killBroker();
            case KILL_BOTH -> killBoth();
            case PAUSE_SCHEDULER -> pause(ready(any(yard.schedulers())));
            case PAUSE_WORKER -> pause(any(yard.workers()));
            case WIPE_STATE -> disks.wipe();
            case FULL_DISK -> disks.fill();
            case CLOCK_JUMP -> jump();
            case ROLLING_RESTART -> restartAll();
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Half of the time it comes back before anybody has noticed. */
    private Done kill(Replaceable process) {
        process.kill9();
        long seconds = random.nextBoolean() ? 0 : 2L + random.nextInt(8);
        sleep(1_000 * seconds);
        process.start();
        return new Done("", "%s, for %d s".formatted(process, seconds));
    }

    /** One that is stopped for so long while it starts gets no answer from Kafka in time, says so and ends, as it should. */
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
        yard.cluster().kill9(node);
        long millis = random.nextInt(6_000);
        sleep(millis);
        yard.cluster().start(node);
        yard.cluster().awaitInSync();
        return new Done(role, "broker-%d (%s), for %d ms".formatted(node, role, millis));
    }

    private int broker(String role) {
        Cluster cluster = yard.cluster();
        return switch (role) {
            case CONTROLLER -> cluster.controller();
            case LEADER -> cluster.leader(yard.deployment().names().of(Topic.DISPATCH), 0);
            default -> cluster.coordinator(yard.deployment().settings().get("kafka.application.id"));
        };
    }

    /** The group has lost a member, and who should notice is gone as well. */
    private Done killBoth() {
        int node = broker(COORDINATOR);
        Replaceable scheduler = any(yard.schedulers());
        yard.cluster().kill9(node);
        scheduler.kill9();
        long millis = random.nextInt(6_000);
        sleep(millis);
        yard.cluster().start(node);
        scheduler.start();
        yard.cluster().awaitInSync();
        return new Done("", "broker-%d (%s) and %s, for %d ms".formatted(node, COORDINATOR, scheduler, millis));
    }

    /** Forward or back, and in half of all cases while it starts. */
    private Done jump() {
        int instance = random.nextInt(yard.schedulers().size());
        Replaceable process = yard.schedulers().get(instance);
        String direction = directions.next();
        long jump = (direction.equals(BACK) ? -1 : 1) * (1L + random.nextInt(40));
        long ahead = hoursAhead.merge(instance, jump, Long::sum);
        try {
            Files.writeString(yard.deployment().clock(instance), Long.toString(ahead * HOUR_MS));
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
        Stream.concat(yard.schedulers().stream(), yard.workers().stream()).forEach(process -> {
            process.terminate();
            process.start();
            sleep(1_500);
        });
        for (int node = 1; node <= Cluster.NODES; node++) {
            yard.cluster().terminate(node);
            yard.cluster().start(node);
            yard.cluster().awaitInSync();
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
