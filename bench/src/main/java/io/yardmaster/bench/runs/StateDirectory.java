package io.yardmaster.bench.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes directories of data and measures their sizes. */
public final class StateDirectory {
    private StateDirectory() {}

    /** Deletes the directory with its contents, if it exists. */
    public static void delete(Path directory) {
        for (Path path : contents(directory)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Kafka Streams' id of the process with this directory, which is a part of its clients' ids. */
    public static String processId(Path directory, String applicationId) {
        try {
            String stored =
                    Files.readString(directory.resolve(applicationId).resolve("kafka-streams-process-metadata"));
            return stored.replaceFirst(".*\"processId\":\"([^\"]+)\".*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The size of all files inside whose names end with the suffix. */
    public static long bytes(Path directory, String suffix) {
        long sum = 0;
        for (Path path : contents(directory)) {
            if (path.toString().endsWith(suffix)) {
                try {
                    sum += Files.size(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return sum;
    }

    /** The contents and the directory itself, the deepest first. */
    private static List<Path> contents(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
