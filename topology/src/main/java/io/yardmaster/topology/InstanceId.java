package io.yardmaster.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name under which an instance is a static member of its group. It is random and kept in the state directory: each
 * start with that directory has the same name, and every other directory another one, even on machines of the same
 * name.
 */
final class InstanceId {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceId.class);

    static final String FILE = "instance-id";

    private InstanceId() {}

    /**
     * The id of this directory, made if there is none. Older versions derived it from host and path and did not keep
     * it: a directory with their state gets the derived id.
     *
     * @param stateOf directory of Streams' state, which is there if the directory was in use before
     * @throws UncheckedIOException if the file cannot be read or written
     */
    static String of(Path directory, Path stateOf) {
        try {
            Path file = directory.resolve(FILE);
            Optional<UUID> kept = Files.exists(file) ? read(file) : Optional.empty();
            if (kept.isPresent()) {
                return kept.get().toString();
            }
            UUID made = Files.isDirectory(stateOf) && !Files.exists(file)
                    ? derived(directory).orElseGet(UUID::randomUUID)
                    : UUID.randomUUID();
            write(file, made);
            return made.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e.toString(), e);
        }
    }

    private static Optional<UUID> read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(100);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} holds no id and gets a new one", file);
            return Optional.empty();
        }
    }

    /** Empty for hosts that do not know their own name, because older versions gave all of them the same. */
    private static Optional<UUID> derived(Path directory) {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            String place = host + ":" + directory.toAbsolutePath().normalize();
            return host.equals("localhost")
                    ? Optional.empty()
                    : Optional.of(UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Writes the file whole or not at all, even if the power fails. */
    private static void write(Path file, UUID id) throws IOException {
        Files.createDirectories(file.getParent());
        Path written = Files.createTempFile(file.getParent(), FILE, ".new");
        Files.writeString(written, id + "\n");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
