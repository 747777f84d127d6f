package io.yardmaster.app.demo;

import io.yardmaster.app.terminal.PrintableWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the progress of the demo: on a terminal a block that is painted over and over, elsewhere some plain lines every few
 * seconds. To be called a few times a second, by one thread.
 */
public final class ProgressView {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
    private static final String UP = "\u001b[%sA";
    private static final String ERASE_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final boolean terminal;
    private final RecentRate rate = new RecentRate();
    private int painted;
    private Duration nextPlain = PLAIN_INTERVAL;

    public ProgressView(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public void show(Snapshot now) {
        double perSecond = rate.perSecond(now.elapsed(), now.allAssignments());
        String total = ProgressLines.total(now, perSecond);
        if (terminal) {
            List<String> lines = new ArrayList<>(ProgressLines.perJob(now));
            lines.add(total);
            print((painted > 0 ? UP.formatted(painted) : "") + ERASE_BELOW, lines);
            painted = lines.size();
        } else if (now.elapsed().compareTo(nextPlain) >= 0) {
            nextPlain = now.elapsed().plus(PLAIN_INTERVAL);
            List<String> lines = new ArrayList<>(List.of(total));
            lines.addAll(ProgressLines.compact(now));
            print("", lines);
        }
    }

    private void print(String before, List<String> lines) {
        PrintableWriter.steer(out, before);
        out.print(String.join("\n", lines) + "\n");
        out.flush();
    }
}
