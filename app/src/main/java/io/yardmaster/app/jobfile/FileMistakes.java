package io.yardmaster.app.jobfile;

import io.yardmaster.app.terminal.Printable;
import io.yardmaster.app.workflow.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The mistakes in a file, with the lines in which they are. */
final class FileMistakes {
    private static final int MOST = 20;

    private final String file;
    private final List<Line> all = new ArrayList<>();

    private record Line(int number, String text) {}

    FileMistakes(String file) {
        this.file = file;
    }

    /** Takes note of a mistake. */
    void add(int line, String text) {
        all.add(new Line(line, Printable.line(text)));
        if (all.size() == MOST) {
            throw exception();
        }
    }

    /** Takes mistakes of one line. */
    Consumer<String> at(int line) {
        return text -> add(line, text);
    }

    /** A mistake after which the rest of the file cannot be read. */
    InvalidInputException last(int line, String text) {
        all.add(new Line(line, Printable.line(text)));
        return exception();
    }

    /** Throws if there are mistakes. */
    void check() {
        if (!all.isEmpty()) {
            throw exception();
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private InvalidInputException exception() {
        return new InvalidInputException(all.stream()
                .sorted(Comparator.comparing(Line::number))
                .map(line -> "%s:%s: %s".formatted(file, line.number, line.text))
                .collect(Collectors.joining("\n")));
    }
}
