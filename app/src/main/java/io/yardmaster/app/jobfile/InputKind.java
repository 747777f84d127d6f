package io.yardmaster.app.jobfile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The kind of a file that is submitted, by its extension, or by its first character if that is none of ours. */
public enum InputKind {
    /** A table of events. */
    EVENTS,
    /** A workflow in WfFormat. */
    WORKFLOW,
    /** A job in YAML. */
    JOB;

    /** More blanks than that are not looked through. */
    private static final int MOST_BLANKS = 8_192;

    /** Returns whether a file's name alone says that it is a table of events. */
    public static boolean isEvents(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /**
     * The kind of a file.
     *
     * @param in its content, which supports marks and is not moved
     */
    public static InputKind of(String file, InputStream in) throws IOException {
        String name = file.toLowerCase(Locale.ROOT);
        if (isEvents(name)) {
            return EVENTS;
        }
        if (name.endsWith(".json")) {
            return WORKFLOW;
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return JOB;
        }
        in.mark(MOST_BLANKS);
        try {
            int next = ' ';
            for (int read = 0; read < MOST_BLANKS && Character.isWhitespace(next); read++) {
                next = in.read();
            }
            return next == '{' ? WORKFLOW : JOB;
        } finally {
            in.reset();
        }
    }
}
