package io.yardmaster.schemas;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that a user with a typing error most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** "unknown setting actve.jobs: the nearest known one is active.jobs", or only the first half if no known setting is near. */
    public static String unknownSetting(String key, Collection<String> known) {
        return "unknown setting " + key
                + to(key, known)
                        .map(nearest -> ": the nearest known one is " + nearest)
                        .orElse("");
    }

    /** A known word that ends with "." and this one, or differs from it by at most max(1, length / 4) letters. */
    public static Optional<String> to(String word, Collection<String> known) {
        int most = Math.max(1, word.length() / 4);
        return known.stream()
                .filter(candidate -> !word.isEmpty() && candidate.endsWith("." + word))
                .min(Comparator.comparingInt(String::length))
                .or(() -> known.stream()
                        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                        .filter(candidate -> distance(word, candidate) <= most)
                        .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                                .thenComparing(Comparator.naturalOrder())));
    }

    /** Levenshtein's distance: the number of characters that must be added, removed or replaced. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
