package io.yardmaster.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a peer's own scheduler in a process that ends with the round. */
final class PeerRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path python;
    private final Path work;
    private final Path script;
    private final Duration limit;

    /**
     * Gets ready.
     *
     * @param work an existing directory for data
     * @param limit of a round, the start of the scheduler included
     */
    PeerRun(Path python, Path work, Duration limit) throws IOException {
        this.python = python.toAbsolutePath();
        this.work = work.toAbsolutePath();
        this.limit = limit;
        script = this.work.resolve("peers.py");
        Files.writeString(script, PeerPackages.resource("peers.py"));
    }

    /**
     * One round.
     *
     * @throws BenchException if it fails, or does not end within the limit
     */
    ShapeResult run(Contender peer, WorkShape shape, int size) {
        List<String> command =
                List.of(python.toString(), script.toString(), peer.script(), shape.label(), Integer.toString(size));
        try {
            Path directory = Files.createTempDirectory(work, peer.script());
            try {
                BoundedProcess.Ended ended = BoundedProcess.run(command, directory, limit);
                if (ended.exitCode() != 0) {
                    throw new BenchException("%s, %s: exit code %s: %s"
                            .formatted(peer.label(), shape.label(), ended.exitCode(), ended.lastError()));
                }
                return JSON.readValue(ended.lastOutput(), ShapeResult.class);
            } finally {
                StateDirectory.delete(directory);
            }
        } catch (IOException e) {
            throw new BenchException(
                    "%s, %s: cannot be run: %s".formatted(peer.label(), shape.label(), e.getMessage()), e);
        }
    }
}
