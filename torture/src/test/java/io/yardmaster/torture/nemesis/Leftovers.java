package io.yardmaster.torture.nemesis;

import io.yardmaster.torture.process.Replaceable;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places in the window, the units of limits, and the refused and parked tasks that a scheduler still counts when everything has ended. */
final class Leftovers {
    private static final Pattern REFUSED = Pattern.compile("\"refused_tasks\":(\\d+)");
    private static final Pattern USED = Pattern.compile("\"window\":\\{\"capacity\":\\d+,\"used\":(\\d+)");
    private static final Pattern PARKED = Pattern.compile("\"parked_tasks\":(\\d+)");
    private static final Pattern UNITS = Pattern.compile("\"used\":(\\d+),\"reserved\":(\\d+)");

    private final SchedulerPages pages = new SchedulerPages();

    /** Returns what is left by the scheduler's own account; empty if nothing is. */
    Optional<String> of(Replaceable scheduler) throws IOException, InterruptedException {
        Optional<String> page = pages.get(scheduler, "/api/overview");
        if (page.isEmpty()) {
            return Optional.of(scheduler + " is not ready");
        }
        String answer = page.get();
        long refused = number(REFUSED, answer);
        long used = number(USED, answer);
        long parked = number(PARKED, answer);
        long units = UNITS.matcher(answer)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) + Long.parseLong(found.group(2)))
                .sum();
        return refused == 0 && used == 0 && parked == 0 && units == 0
                ? Optional.empty()
                : Optional.of(
                        "%d places of the window and %d units of limits are used, %d refused tasks and %d parked ones wait"
                                .formatted(used, units, refused, parked));
    }

    private static long number(Pattern pattern, String answer) {
        Matcher found = pattern.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + answer);
        }
        return Long.parseLong(found.group(1));
    }
}
