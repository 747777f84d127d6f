package io.yardmaster.app.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Keeps the state in one JSON file, which at every moment is the whole old one or the whole new one. */
final class RegistryFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    RegistryFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * The state last saved; empty when there is none.
     *
     * @throws RegistryFileException when the file cannot be read
     */
    RegistryState load() {
        if (!Files.exists(file)) {
            return RegistryState.EMPTY;
        }
        try {
            return JSON.readValue(file.toFile(), RegistryState.class);
        } catch (IOException | RuntimeException e) {
            throw new RegistryFileException("schema registry file " + file + ": cannot be read as such", e);
        }
    }

    /** Returns when the state would survive a power cut. */
    void save(RegistryState state) {
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.getParent());
            ByteBuffer bytes =
                    ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
