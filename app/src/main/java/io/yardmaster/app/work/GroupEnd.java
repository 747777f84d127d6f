package io.yardmaster.app.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends process groups: SIGTERM, a grace, SIGKILL, and waits until no process of them runs. */
final class GroupEnd {
    private static final Logger LOG = LoggerFactory.getLogger(GroupEnd.class);
    private static final Path PROCESSES = Path.of("/proc");
    private static final long STEP_MILLIS = 10;

    /** A process that waits for a disk dies when the disk has answered. */
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(5);

    private final ProcessGroups groups;
    private final Duration grace;

    GroupEnd(ProcessGroups groups, Duration grace) {
        this.groups = groups;
        this.grace = grace;
    }

    /** Returns when no process of the group runs, however often this thread is interrupted, or 5 s after the SIGKILL. */
    void of(long group) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            if (runs(group)) {
                groups.signal("TERM", group);
                interrupted |= await(group, grace);
                if (runs(group)) {
                    groups.signal("KILL", group);
                    interrupted |= await(group, DEATH_LIMIT);
                }
                if (runs(group)) {
                    LOG.warn("process group {} still runs {} s after SIGKILL", group, DEATH_LIMIT.toSeconds());
                }
            }
            groups.forget(group);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether this thread was interrupted meanwhile. */
    private boolean await(long group, Duration limit) throws IOException {
        boolean interrupted = false;
        long until = System.nanoTime() + limit.toNanos();
        while (runs(group) && System.nanoTime() - until < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** In a container nobody may reap orphans that have ended: they still belong to the group, and run no more. */
    private boolean runs(long group) throws IOException {
        return groups.signal("0", group) && (!Files.isDirectory(PROCESSES) || anyLives(group));
    }

    private static boolean anyLives(long group) throws IOException {
        boolean sawAny = false;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                String[] state = state(process);
                sawAny = sawAny || state.length > 0;
                if (state.length > 2 && state[2].equals(String.valueOf(group)) && !state[0].matches("[ZX]")) {
                    return true;
                }
            }
        }
        return !sawAny;
    }

    /** State, parent and group, which follow the name in parentheses; nothing if the process has gone meanwhile. */
    private static String[] state(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 4);
        } catch (IOException e) {
            return new String[0];
        }
    }
}
