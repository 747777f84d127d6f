package io.yardmaster.torture.nemesis;

import io.yardmaster.schemas.Topic;
import io.yardmaster.torture.process.Cluster;
import io.yardmaster.torture.process.Replaceable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Does harm, one fault at a time, and undoes it. Whom and for how long is decided by chance. */
final class Nemesis {
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long EXIT_SECONDS = 90;

    private final Yard yard;
    private final Random random;

    Nemesis(Yard yard, Random random) {
        this.yard = yard;
        this.random = random;
    }

    /** Returns a few words about whom it was done to, when it has been undone. */
    String does(Fault fault) {
        return switch (fault) {
            case KILL_SCHEDULER -> kill(any(yard.schedulers()));
            case KILL_WORKER -> kill(any(yard.workers()));
            case KILL_BROKER -> killBroker();
            case PAUSE_SCHEDULER -> pause(any(yard.schedulers()));
            case PAUSE_WORKER -> pause(any(yard.workers()));
            case WIPE_STATE -> wipe();
            case FULL_DISK -> fillDisk();
            case CLOCK_JUMP -> jump();
            case ROLLING_RESTART -> restartAll();
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Half of the time it comes back before anybody has noticed. */
    private String kill(Replaceable process) {
        process.kill9();
        long seconds = random.nextBoolean() ? 0 : 2L + random.nextInt(8);
        sleep(1_000 * seconds);
        process.start();
        return "%s, for %d s".formatted(process, seconds);
    }

    private String pause(Replaceable process) {
        long millis = 6_500L + random.nextInt(6_000);
        process.stop();
        sleep(millis);
        process.resume();
        return "%s, for %d ms".formatted(process, millis);
    }

    private String killBroker() {
        Cluster cluster = yard.cluster();
        String dispatch = yard.deployment().names().of(Topic.DISPATCH);
        int which = random.nextInt(3);
        int node =
                switch (which) {
                    case 0 -> cluster.controller();
                    case 1 -> cluster.leader(dispatch, 0);
                    default -> 1 + random.nextInt(Cluster.NODES);
                };
        cluster.kill9(node);
        long millis = random.nextInt(6_000);
        sleep(millis);
        cluster.start(node);
        cluster.awaitInSync();
        String role = List.of("controller", "leader", "any").get(which);
        return "broker-%d (%s), for %d ms".formatted(node, role, millis);
    }

    private String wipe() {
        int instance = random.nextInt(yard.schedulers().size());
        Replaceable process = yard.schedulers().get(instance);
        process.kill9();
        delete(yard.deployment().stateDirectory(instance));
        process.start();
        return process.toString();
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                if (!file.toFile().delete()) {
                    throw new IllegalStateException(file + " cannot be deleted");
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It must end by itself and say why in one line, while the others go on. */
    @SuppressWarnings("try") // the disk only has to be there
    private String fillDisk() {
        int instance = random.nextInt(yard.schedulers().size());
        Replaceable process = yard.schedulers().get(instance);
        process.terminate();
        int before = process.printed().length();
        try (SmallDisk unused = SmallDisk.full(yard.deployment().stateDirectory(instance))) {
            process.start();
            int code = process.awaitExit(EXIT_SECONDS);
            String printed = process.printed().substring(before);
            List<String> said = printed.lines()
                    .filter(line -> line.startsWith("yardmaster: "))
                    .toList();
            if (code != 1 || said.size() != 1 || !said.get(0).contains("No space left")) {
                throw new AssertionError(
                        "%s on a full disk: exit code %d, said %s\n%s".formatted(process, code, said, printed));
            }
            return "%s said \"%s\"".formatted(process, said.get(0));
        } finally {
            process.close();
            process.start();
        }
    }

    /** Forward or back, and in half of all cases while it starts. */
    private String jump() {
        int instance = random.nextInt(yard.schedulers().size());
        Replaceable process = yard.schedulers().get(instance);
        long hours = random.nextInt(60) - 30L;
        try {
            Files.writeString(yard.deployment().clock(instance), Long.toString(hours * HOUR_MS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean restarts = random.nextBoolean();
        if (restarts) {
            process.kill9();
            process.start();
        }
        return "%s by %d h%s".formatted(process, hours, restarts ? ", restarted" : "");
    }

    private String restartAll() {
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
        return "everything";
    }

    static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
