package io.yardmaster.app.demo;

import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.terminal.Printable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Writes numbers and names for the screen, the same in every locale. */
final class Words {
    private Words() {}

    static String format(String format, Object... args) {
        return String.format(Locale.ROOT, format, args);
    }

    static String seconds(Duration duration) {
        return format("%.1f s", duration.toMillis() / 1e3);
    }

    /** Without a fraction where it has none. */
    static String number(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    static String seconds(double seconds) {
        return format("%.1f s", seconds);
    }

    /** Milliseconds as long as they are few. */
    static String brief(Duration duration) {
        return duration.toMillis() < 10_000 ? duration.toMillis() + " ms" : seconds(duration);
    }

    /** Rounded down, so that 100 means all. */
    static int percent(long part, long whole) {
        return whole == 0 ? 100 : (int) (100 * part / whole);
    }

    static String index(OptionalDouble fairness) {
        return fairness.isPresent() ? format("%.3f", fairness.getAsDouble()) : "-";
    }

    static String shortened(String name, int width) {
        String printable = Printable.line(name);
        return printable.length() <= width ? printable : printable.substring(0, width - 2) + "..";
    }

    static String state(JobState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
