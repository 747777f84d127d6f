package io.yardmaster.app.work;

import io.yardmaster.client.Assignment;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program and its arguments with placeholders, names in braces, for the fields of an assignment. A second opening
 * brace makes a placeholder stand for itself; braces around anything but letters stay as they are.
 */
public final class CommandTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\{?\\p{Alpha}+})");

    private final List<String> words;

    private CommandTemplate(List<String> words) {
        this.words = words;
    }

    /**
     * Splits a line into words as a shell does for quotes; placeholders are replaced inside of quotes, too, and never
     * split a word.
     *
     * @throws IllegalArgumentException that names the mistake in the line
     */
    public static CommandTemplate parse(String line) {
        WrittenText.requireExact(line);
        List<String> words = ShellWords.split(line);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("must name a program");
        }
        words.forEach(CommandTemplate::check);
        String program = words.get(0);
        boolean named = PLACEHOLDER.matcher(program).results().findAny().isEmpty();
        if (named && !Executable.exists(program, System.getenv().getOrDefault("PATH", ""))) {
            throw new IllegalArgumentException(program + ": no such program");
        }
        return new CommandTemplate(words);
    }

    List<String> of(Assignment assignment) {
        return words.stream()
                .map(word -> PLACEHOLDER
                        .matcher(word)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                escaped(found) ? found.group(1) : field(found).in(assignment))))
                .toList();
    }

    private static void check(String word) {
        PLACEHOLDER.matcher(word).results().filter(found -> !escaped(found)).forEach(CommandTemplate::field);
    }

    private static boolean escaped(MatchResult found) {
        return found.group(1).startsWith("{");
    }

    private static AssignmentField field(MatchResult found) {
        String name = found.group();
        return AssignmentField.of(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown placeholder %s: must be one of %s; {%s is %s itself"
                                .formatted(name, AssignmentField.placeholders(), name, name)));
    }
}
