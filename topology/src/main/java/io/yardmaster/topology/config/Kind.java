package io.yardmaster.topology.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The values that a setting may have.
 *
 * @param allowed ends the sentence "must be ..."
 * @param parse returns the value of a text; empty if the text is not allowed
 */
record Kind<T>(String allowed, Function<String, Optional<T>> parse) {

    static Kind<Integer> wholeNumber(int min, int max) {
        return new Kind<>("a whole number from %s to %s".formatted(min, max), text -> {
            try {
                return Optional.of(Integer.parseInt(text)).filter(number -> number >= min && number <= max);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static Kind<Capacity> capacity(int max) {
        Kind<Integer> number = wholeNumber(1, max);
        return new Kind<>(Capacity.AUTO + " or " + number.allowed(), text -> Capacity.parse(text, number));
    }

    static Kind<Duration> duration(String min, String max) {
        Duration shortest = Durations.parse(min).orElseThrow();
        Duration longest = Durations.parse(max).orElseThrow();
        return new Kind<>(
                "a duration from %s to %s, written like 5ms, 2s, 6h, PT6H or as milliseconds".formatted(min, max),
                text -> Durations.parse(text)
                        .filter(value -> value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0));
    }

    /** The text "forever" becomes {@link ChronoUnit#FOREVER}. */
    static Kind<Duration> durationOrForever(String min, String max) {
        Kind<Duration> duration = duration(min, max);
        return new Kind<>(
                "forever or " + duration.allowed(),
                text -> text.equals("forever")
                        ? Optional.of(ChronoUnit.FOREVER.getDuration())
                        : duration.parse().apply(text));
    }

    /** The constants of an enum, written in lower case with dashes. */
    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        var constants = Arrays.asList(type.getEnumConstants());
        return new Kind<>(String.join(" or ", constants.stream().map(Labels::of).toList()), text -> constants.stream()
                .filter(constant -> Labels.of(constant).equals(text))
                .findFirst());
    }

    static Kind<Boolean> trueOrFalse() {
        return new Kind<>("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static Kind<String> text(String what) {
        return new Kind<>(what, text -> Optional.of(text).filter(value -> !value.isBlank()));
    }

    /** @param pattern of the whole text */
    static Kind<String> matching(String pattern, String what) {
        return new Kind<>(what, text -> Optional.of(text).filter(value -> value.matches(pattern)));
    }

    static Kind<Path> directory() {
        return new Kind<>("the path of a directory", text -> {
            try {
                return Optional.of(text).filter(value -> !value.isBlank()).map(Path::of);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    static Kind<HostPort> address() {
        return new Kind<>("host:port, such as 127.0.0.1:7070 (port 0: any free one)", HostPort::parse);
    }

    /** Names without ports; at least one. */
    static Kind<Set<String>> hosts() {
        return new Kind<>("names of hosts with commas, without ports, such as yard.example.com", text -> {
            List<String> names =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            return names.stream().allMatch(name -> name.matches("[\\p{L}\\p{N}_.-]+|\\[[0-9A-Fa-f:.]+]"))
                    ? Optional.of(Set.copyOf(names))
                    : Optional.empty();
        });
    }

    /** The ids of groups; at least one. */
    static Kind<Set<String>> groups() {
        return new Kind<>("the ids of groups, with commas", text -> {
            List<String> ids =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            return ids.stream().noneMatch(String::isEmpty) ? Optional.of(Set.copyOf(ids)) : Optional.empty();
        });
    }

    static Kind<HostPort> advertised() {
        return new Kind<>("host:port, such as 10.0.0.5:7070 (port 0: the one of http.listen)", HostPort::parse);
    }
}
