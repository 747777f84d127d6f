package io.yardmaster.core.graph;

import io.yardmaster.core.values.GraphStage;
import java.util.Arrays;
import java.util.List;

/** Finds the stage that somebody may have meant. */
final class NearestStage {
    private static final int MOST_STAGES = 10_000;
    private static final int LONGEST = 100;

    private NearestStage() {}

    /** ": the nearest name is extract", or nothing if no stage has a name that is near. Looks at the first ten thousand. */
    static String hint(String name, List<GraphStage> stages) {
        String nearest = null;
        int least = Math.min(name.length(), LONGEST) / 3 + 1;
        for (GraphStage stage : stages.subList(0, Math.min(MOST_STAGES, stages.size()))) {
            int distance = distance(name, stage.name(), least);
            if (distance < least) {
                least = distance;
                nearest = stage.name();
            }
        }
        return nearest == null ? "" : ": the nearest name is " + nearest;
    }

    /** Levenshtein's distance, or a number that is not below {@code enough} if it would not be. */
    private static int distance(String one, String other, int enough) {
        int unequal = Math.abs(one.length() - other.length());
        if (unequal >= enough || one.length() > LONGEST) {
            return enough;
        }
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
