package io.yardmaster.replay.traces;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Sorts lines, however many: those that do not fit into the memory for them go to temporary files, which are deleted at the end.
 * Lines must hold no line ends.
 */
final class SortedLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final long mostCharacters;
    private final List<Path> files = new ArrayList<>();
    private final List<Run> open = new ArrayList<>();
    private List<String> lines = new ArrayList<>();
    private long characters;

    /** @param mostCharacters to be held in memory */
    SortedLines(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    void add(String line) throws IOException {
        lines.add(line);
        characters += line.length();
        if (characters > mostCharacters) {
            spill();
        }
    }

    private void spill() throws IOException {
        Collections.sort(lines);
        Path file = Files.createTempFile("yardmaster-replay", ".gz");
        files.add(file);
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new FastGzip(Files.newOutputStream(file)), StandardCharsets.UTF_8), BUFFER)) {
            for (String line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        lines = new ArrayList<>();
        characters = 0;
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** A sorted part, of which one line is held. */
    private static final class Run implements AutoCloseable {
        final BufferedReader in;
        String line;

        Run(Path file) throws IOException {
            in = new BufferedReader(
                    new InputStreamReader(
                            new GZIPInputStream(Files.newInputStream(file), BUFFER), StandardCharsets.UTF_8),
                    BUFFER);
            line = in.readLine();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** All lines in their order, once; no more may be added. */
    Iterator<String> sorted() throws IOException {
        Collections.sort(lines);
        if (files.isEmpty()) {
            return lines.iterator();
        }
        if (!lines.isEmpty()) {
            spill();
        }
        PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing((Run run) -> run.line));
        for (Path file : files) {
            Run run = new Run(file);
            open.add(run);
            runs.add(run);
        }
        return merged(runs);
    }

    private static Iterator<String> merged(PriorityQueue<Run> runs) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !runs.isEmpty();
            }

            @Override
            public String next() {
                Run run = runs.remove();
                String line = run.line;
                try {
                    run.line = run.in.readLine();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (run.line != null) {
                    runs.add(run);
                }
                return line;
            }
        };
    }

    @Override
    public void close() throws IOException {
        for (Run run : open) {
            run.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        lines = List.of();
    }
}
