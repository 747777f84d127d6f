package io.yardmaster.app.work;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a POSIX shell does for quotes: blanks part words; single quotes keep everything; double
 * quotes keep everything but a backslash before one of {@code " \ $ `}; a backslash elsewhere keeps the next character.
 * Nothing else that a shell does is done: no variables, no globs, no pipes.
 */
final class ShellWords {
    private static final char NONE = 0;

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NONE;

    private ShellWords() {}

    /** @throws IllegalArgumentException if a quote is not closed or nothing follows a backslash */
    static List<String> split(String line) {
        return new ShellWords().read(line);
    }

    private List<String> read(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && escapes(line, i)) {
                i++;
                add(line.charAt(i));
            } else if (quote != NONE) {
                addQuoted(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                add(c);
            }
        }
        if (quote != NONE) {
            throw new IllegalArgumentException("the quote " + quote + " is not closed");
        }
        endWord();
        return List.copyOf(words);
    }

    private boolean escapes(String line, int at) {
        if (quote == '\'') {
            return false;
        }
        boolean last = at + 1 == line.length();
        if (quote == '"') {
            return !last && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0;
        }
        if (last) {
            throw new IllegalArgumentException("nothing follows the last backslash");
        }
        return true;
    }

    private void addQuoted(char c) {
        if (c == quote) {
            quote = NONE;
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
