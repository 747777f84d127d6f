package io.yardmaster.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory that is deleted, with its content, when this is closed. */
public record TemporaryDirectory(Path path) implements AutoCloseable {

    /**
     * Makes one.
     *
     * @param room bytes that must be free
     * @throws TemporaryDirectoryException if it cannot be made, or has less room
     */
    public static TemporaryDirectory create(String prefix, long room) {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix, room);
    }

    static TemporaryDirectory create(Path parent, String prefix, long room) {
        if (!Files.isDirectory(parent)) {
            throw new TemporaryDirectoryException(parent, "is not there");
        }
        try {
            long free = Files.getFileStore(parent).getUsableSpace();
            if (free < room) {
                throw new TemporaryDirectoryException(
                        parent, "has room for %s MB, and %s are needed".formatted(free >> 20, room >> 20));
            }
            return new TemporaryDirectory(Files.createTempDirectory(parent, prefix));
        } catch (IOException e) {
            throw new TemporaryDirectoryException(parent, "cannot be written (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be deleted", e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException gone) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
