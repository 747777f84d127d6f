package io.yardmaster.app.cli;

import io.yardmaster.app.recording.RecordingSpan;
import io.yardmaster.topology.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

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

    /**
     * The time between two that a user gave to options.
     *
     * @param now epoch ms
     */
    static RecordingSpan span(CommandSpec spec, Optional<String> from, Optional<String> to, boolean follow, long now) {
        RecordingSpan span = new RecordingSpan(of(spec, "--from", from, now), of(spec, "--to", to, now), follow);
        if (span.from().isPresent()
                && span.to().isPresent()
                && span.from().getAsLong() > span.to().getAsLong()) {
            throw new ParameterException(
                    spec.commandLine(), "--to=" + to.orElseThrow() + ": must not be before --from");
        }
        return span;
    }

    private static OptionalLong of(CommandSpec spec, String option, Optional<String> text, long now) {
        return text.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(parse(text.get(), now)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), option + "=" + text.get() + ": must be " + ALLOWED)));
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
