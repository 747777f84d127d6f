package io.yardmaster.app.jobfile;

import io.yardmaster.app.jobfile.YamlNode.Entry;
import io.yardmaster.schemas.Nearest;
import io.yardmaster.topology.config.Durations;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values under the keys of a mapping. A wrong one counts as absent, and its mistake is noted. */
final class FileValues {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
    /** Without a unit nobody sees that it would mean milliseconds. */
    private static final Pattern DURATION = Pattern.compile("\\d+ *(ms|s|m|h|d)");

    private final FileMistakes mistakes;
    private final String owner;
    private final int line;
    private final Map<String, Entry> entries = new HashMap<>();

    /**
     * Notes each key that is not known.
     *
     * @param owner the thing that has the keys, for messages
     */
    FileValues(YamlNode mapping, String owner, Collection<String> known, FileMistakes mistakes) {
        this.mistakes = mistakes;
        this.owner = owner;
        this.line = mapping.line();
        if (mapping.isMapping()) {
            for (Entry entry : mapping.entries()) {
                if (known.contains(entry.key())) {
                    entries.put(entry.key(), entry);
                } else {
                    mistakes.add(
                            entry.line(),
                            "unknown key '%s' of %s: %s"
                                    .formatted(
                                            entry.key(),
                                            owner,
                                            Nearest.to(entry.key(), known)
                                                    .map(nearest -> "the nearest one is " + nearest)
                                                    .orElseGet(() -> "there are " + list(known))));
                }
            }
        } else if (!mapping.isNothing()) {
            mistakes.add(line, "%s must be a mapping of keys, not %s".formatted(owner, mapping.kind()));
        }
    }

    private static String list(Collection<String> words) {
        return String.join(", ", words);
    }

    Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key that must be there. */
    Optional<YamlNode> needed(String key, String what) {
        if (!entries.containsKey(key)) {
            mistakes.add(line, "the key %s of %s is missing: %s".formatted(key, owner, what));
        }
        return entry(key).map(Entry::value);
    }

    Optional<Long> number(String key, long least, long most) {
        return entry(key).flatMap(entry -> {
            YamlNode value = entry.value();
            if (value.isNumber() && WHOLE.matcher(value.text()).matches()) {
                BigInteger number = new BigInteger(
                        value.text().substring(0, Math.min(40, value.text().length())));
                if (number.compareTo(BigInteger.valueOf(least)) >= 0
                        && number.compareTo(BigInteger.valueOf(most)) <= 0) {
                    return Optional.of(number.longValueExact());
                }
            }
            return wrong(entry, "a whole number from %s to %s".formatted(least, most));
        });
    }

    Optional<String> text(String key) {
        return entry(key).flatMap(this::text);
    }

    private Optional<String> text(Entry entry) {
        YamlNode value = entry.value();
        if (!value.isText() || value.text().isBlank()) {
            return wrong(
                    entry,
                    value.isNumber() || value.isTruth() ? "a text, so put it in quotes" : "a text that is not blank");
        }
        return Optional.of(value.text());
    }

    /** A text in one line, so that it can be shown as it is. */
    Optional<String> name(String key, int longest) {
        return text(key).filter(name -> isName(entries.get(key).line(), key + " of " + owner, name, longest));
    }

    private boolean isName(int where, String what, String name, int longest) {
        return isName(mistakes.at(where), what, name, longest);
    }

    static boolean isName(Consumer<String> mistake, String what, String name, int longest) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            mistake.accept("%s must be one line that is not blank".formatted(what));
            return false;
        }
        if (name.length() > longest) {
            mistake.accept("%s has %s characters, and may have %s".formatted(what, name.length(), longest));
            return false;
        }
        return true;
    }

    Optional<Duration> duration(String key, Duration least, Duration most) {
        return entry(key).flatMap(entry -> {
            YamlNode value = entry.value();
            Optional<Duration> duration =
                    value.isText() && DURATION.matcher(value.text()).matches()
                            ? Durations.parse(value.text())
                                    .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0)
                            : Optional.empty();
            return duration.isPresent()
                    ? duration
                    : wrong(
                            entry,
                            "a duration with its unit, such as 500ms, 30s, 10m or 2h, from %sms to %sd"
                                    .formatted(least.toMillis(), most.toDays()));
        });
    }

    Optional<Boolean> truth(String key) {
        return entry(key)
                .flatMap(entry -> entry.value().isTruth()
                        ? Optional.of(
                                entry.value().text().toLowerCase(Locale.ROOT).equals("true"))
                        : wrong(entry, "true or false"));
    }

    /** A constant, written in lower case. */
    <E extends Enum<E>> Optional<E> oneOf(String key, List<E> constants) {
        Map<String, E> words = constants.stream()
                .collect(Collectors.toMap(constant -> constant.name().toLowerCase(Locale.ROOT), constant -> constant));
        return entry(key).flatMap(entry -> {
            E constant = entry.value().isText() ? words.get(entry.value().text()) : null;
            String allowed = constants.stream()
                    .map(one -> one.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
            return constant == null ? wrong(entry, allowed) : Optional.of(constant);
        });
    }

    private <T> Optional<T> wrong(Entry entry, String allowed) {
        mistakes.add(
                entry.value().line(),
                "%s of %s must be %s, not %s"
                        .formatted(entry.key(), owner, allowed, entry.value().kind()));
        return Optional.empty();
    }
}
