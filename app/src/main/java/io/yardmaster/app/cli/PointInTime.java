package io.yardmaster.app.cli;

import io.yardmaster.topology.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A time that a user types. */
final class PointInTime {
    static final String ALLOWED =
            "a time such as 2027-03-01T06:00:00Z, a day such as 2027-03-01, or how long ago, such as 30m, 6h or 2d";

    private static final Duration LONGEST = Duration.ofDays(3650);

    private PointInTime() {}

    /**
     * The epoch ms of a time in ISO 8601 with its offset, of the begin of a day in UTC, or of a duration before now; empty if the
     * text is none of these.
     */
    static Optional<Long> parse(String text, long now) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            return day(text).or(() -> ago(text, now));
        }
    }

    private static Optional<Long> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number without a unit would be milliseconds, which nobody means here. */
    private static Optional<Long> ago(String text, long now) {
        return Optional.of(text)
                .filter(value -> !value.matches("\\d*"))
                .flatMap(Durations::parse)
                .filter(age -> !age.isNegative() && age.compareTo(LONGEST) <= 0)
                .map(age -> now - age.toMillis());
    }
}
