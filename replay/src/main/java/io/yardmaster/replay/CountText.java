package io.yardmaster.replay;

import java.util.Locale;

/** Numbers of things, for people. */
public final class CountText {
    private CountText() {}

    /** {@code 1 task}, {@code 2,000 tasks}. */
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
