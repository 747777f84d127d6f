package io.yardmaster.bench.runs;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/** Runs the sides of a comparison in turn, A B C A B C, so that a slow minute of the machine hits them all. */
final class Interleaved {
    private final int warmups;
    private final int rounds;
    private final PrintWriter progress;

    Interleaved(int warmups, int rounds, PrintWriter progress) {
        this.warmups = warmups;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Prints each round's result as progress, by its {@code toString}. */
    <M> Series<M> run(String what, List<Side> sides, Function<Side, M> round) {
        Series<M> series = new Series<>();
        for (int number = 1 - warmups; number <= rounds; number++) {
            String title = number < 1 ? "warm-up" : "round " + number + " of " + rounds;
            for (Side side : sides) {
                M measured = round.apply(side);
                progress.printf("%s, %s, %s: %s%n", what, title, side.label(), measured);
                progress.flush();
                if (number >= 1) {
                    series.add(side.label(), measured);
                }
            }
        }
        return series;
    }
}
