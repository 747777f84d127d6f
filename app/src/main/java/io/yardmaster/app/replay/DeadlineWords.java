package io.yardmaster.app.replay;

import io.yardmaster.replay.Deadlines;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.topology.config.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Deadlines as a user writes them on the command line: a time for the jobs of all groups, or {@code GROUP=TIME}. */
public final class DeadlineWords {
    private static final Duration LONGEST = Duration.ofDays(365);

    private DeadlineWords() {}

    /**
     * Reads such texts.
     *
     * @throws InvalidDayException if one makes no sense, or two are about the same jobs
     */
    public static Deadlines parse(List<String> texts) {
        OptionalLong all = OptionalLong.empty();
        Map<Long, Long> byGroup = new HashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            long within = time(text, text.substring(equals + 1));
            boolean known = equals < 0 ? all.isPresent() : byGroup.put(group(text, equals), within) != null;
            if (known) {
                throw new InvalidDayException("--deadline=%s: there is another one for the same jobs".formatted(text));
            }
            all = equals < 0 ? OptionalLong.of(within) : all;
        }
        return new Deadlines(all, byGroup);
    }

    private static long time(String text, String time) {
        return Durations.parse(time)
                .filter(within -> within.toMillis() > 0 && within.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> wrong(text))
                .toMillis();
    }

    private static long group(String text, int equals) {
        try {
            long group = Long.parseLong(text.substring(0, equals));
            if (group >= 0) {
                return group;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(text);
    }

    private static InvalidDayException wrong(String text) {
        return new InvalidDayException(
                "--deadline=%s: must be a time such as 10m or 2h, or GROUP=TIME, up to 365d".formatted(text));
    }
}
