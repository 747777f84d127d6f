package io.yardmaster.app.storage;

import io.yardmaster.app.workflow.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mistakes in the lines of a file: the first ones, and the number of others. */
final class Complaints {
    private static final int SHOWN = 10;

    private final Path file;
    private final List<String> first = new ArrayList<>();
    private long more;

    Complaints(Path file) {
        this.file = file;
    }

    void add(long line, String what) {
        if (first.size() == SHOWN) {
            more++;
        } else {
            // A cell in quotes may hold line breaks.
            first.add(file + ":" + line + ": " + what.replaceAll("\\s*\\R\\s*", " "));
        }
    }

    void throwIfAny() {
        if (!first.isEmpty()) {
            String shown = String.join("\n", first);
            throw new InvalidInputException(
                    more == 0 ? shown : shown + "\n" + file + ": and " + more + " more wrong lines");
        }
    }
}
