package io.yardmaster.app.work;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A script that starts others: one that stays its child, and one whose parent is gone. All of them write their process ids
 * to a file, and then do nothing.
 */
public final class ProcessTree {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PROCESSES = 3;

    private final Path script;
    private final Path pids;

    /**
     * Writes the script.
     *
     * @param heedsTerm whether SIGTERM ends the processes
     */
    public ProcessTree(Path directory, boolean heedsTerm) throws IOException {
        script = directory.resolve("step.sh");
        pids = Files.createFile(directory.resolve("pids"));
        Files.writeString(
                script,
                """
                #!/bin/sh
                %s
                pause='echo $$ >>pids; while :; do sleep 1; done'
                sh -c "$pause" &
                sh -c "sh -c '$pause' &"
                echo $$ >>pids
                while :; do sleep 1; done
                """
                        .formatted(heedsTerm ? "" : "trap '' TERM HUP"));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    /** The command as in the README. */
    public String commandLine() {
        return "sh -c \"cd " + script.getParent() + " && ./step.sh {task}\"";
    }

    /** Waits until all of so many runs have begun. */
    public void awaitRuns(int runs) {
        await().atMost(PATIENCE).until(() -> pids().size() == runs * PROCESSES);
    }

    /** The processes that run: not those that have ended and that nobody has reaped. */
    public List<Long> running() throws IOException {
        return pids().stream().filter(ProcessTree::runs).toList();
    }

    public List<Long> pids() throws IOException {
        return Files.readAllLines(pids).stream().map(Long::valueOf).toList();
    }

    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return !stat.contains(") Z ") && !stat.contains(") X ");
        } catch (IOException e) {
            return !Files.isDirectory(Path.of("/proc"))
                    && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** Sends SIGKILL to all processes, for a test that has failed. */
    public void destroy() throws IOException {
        pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
