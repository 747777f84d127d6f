package io.yardmaster.torture.nemesis;

import io.yardmaster.testkafka.MountedDisk;
import io.yardmaster.torture.process.Replaceable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Faults of the directory in which a scheduler keeps its copy of the state. */
final class DiskFaults {
    private static final String AT_START = "at its start";
    private static final String AT_WORK = "at work";
    private static final int SMALL_MEGABYTES = 1;
    private static final int ENOUGH_MEGABYTES = 48;
    private static final long EXIT_SECONDS = 90;

    private final TortureRig rig;
    private final Random random;
    private final Deck<String> moments;

    DiskFaults(TortureRig rig, Random random) {
        this.rig = rig;
        this.random = random;
        this.moments = new Deck<>(List.of(AT_START, AT_WORK), random);
    }

    Done wipe() {
        int instance = random.nextInt(rig.schedulers().size());
        Replaceable process = rig.schedulers().get(instance);
        process.kill9();
        delete(rig.deployment().stateDirectory(instance));
        process.start();
        return new Done("", process.toString());
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

    Done fill() {
        String moment = moments.next();
        String said = moment.equals(AT_START) ? fullAtStart() : fullAtWork();
        return new Done(moment, said);
    }

    private String fullAtStart() {
        int instance = random.nextInt(rig.schedulers().size());
        Replaceable process = rig.schedulers().get(instance);
        process.terminate();
        try (MountedDisk disk = MountedDisk.mount(rig.deployment().stateDirectory(instance), SMALL_MEGABYTES)) {
            disk.fill();
            process.start();
            return endOf(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.close();
            process.start();
        }
    }

    /** The scheduler has written to the disk before the disk is full. */
    private String fullAtWork() {
        int instance = TortureRig.FLUSHES_EAGERLY;
        Replaceable process = rig.schedulers().get(instance);
        process.terminate();
        Path directory = rig.deployment().stateDirectory(instance);
        try (MountedDisk disk = MountedDisk.mount(directory, ENOUGH_MEGABYTES)) {
            process.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(EXIT_SECONDS))
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> holdsState(directory));
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(EXIT_SECONDS);
            while (process.isAlive() && System.nanoTime() < until) {
                // Files that the scheduler deletes make room.
                disk.fill();
                Nemesis.sleep(100);
            }
            return endOf(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.close();
            process.start();
        }
    }

    private static boolean holdsState(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".sst"));
        }
    }

    /** It must end by itself with the reason in one line, while the others go on. */
    private static String endOf(Replaceable process) {
        int code = process.awaitExit(EXIT_SECONDS);
        String printed = process.printed();
        List<String> said =
                printed.lines().filter(line -> line.startsWith("yardmaster: ")).toList();
        if (code != 1 || said.size() != 1 || !said.get(0).contains("No space left")) {
            throw new AssertionError(
                    "%s on a full disk: exit code %d, said %s\n%s".formatted(process, code, said, printed));
        }
        return "%s said \"%s\"".formatted(process, said.get(0));
    }
}
