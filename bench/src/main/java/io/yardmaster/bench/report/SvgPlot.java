package io.yardmaster.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A bar for each figure that has a target, as long as the figure is beyond it, or short of it, on a logarithmic axis. A bar to the right
 * of the line in the middle meets its target; the thin line on it goes from the worst round to the best.
 */
public final class SvgPlot {
    private static final int LABELS = 440;
    private static final int PLOT = 360;
    private static final int WIDTH = LABELS + PLOT + 170;
    private static final int ROW = 34;
    private static final int TOP = 56;
    /** The axis ends where a figure is better or worse than its target by this power of ten. */
    private static final double DECADES = 2;

    private final StringBuilder svg = new StringBuilder();

    private SvgPlot() {}

    /** Writes the file. */
    public static void write(Path file, Machine machine, List<Figure> figures) throws IOException {
        Files.writeString(file, of(machine.toString(), figures));
    }

    static String of(String subtitle, List<Figure> figures) {
        List<Figure> shown =
                figures.stream().filter(figure -> figure.target() != null).toList();
        int bottom = TOP + ROW * shown.size();
        SvgPlot plot = new SvgPlot();
        plot.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, bottom + 34);
        plot.add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        plot.text(10, 20, "start", "Figures relative to their targets; right of the line is better");
        plot.text(10, 38, "start", subtitle);
        for (double times : new double[] {0.01, 0.1, 1, 10, 100}) {
            plot.axis(times, bottom);
        }
        for (int row = 0; row < shown.size(); row++) {
            plot.bar(shown.get(row), TOP + ROW * row);
        }
        plot.add("</svg>");
        return plot.svg.toString();
    }

    private void axis(double times, int bottom) {
        double x = x(times);
        add(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>",
                x, TOP - 6, x, bottom + 4, times == 1 ? "black" : "lightgray");
        text(x, bottom + 20, "middle", times == 1 ? "target" : Table.number(times) + "x");
    }

    private void bar(Figure figure, int y) {
        Target target = figure.target();
        double end = x(target.timesBetter(figure.sample().median()));
        double middle = x(1);
        text(10, y + 14, "start", figure.benchmark() + " " + figure.what());
        add("<g font-size=\"10\" fill=\"gray\">");
        text(34, y + 27, "start", figure.note());
        add("</g>");
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                Math.min(end, middle),
                y + 4,
                Math.abs(end - middle),
                ROW - 12,
                figure.meetsTarget() ? "#4a8f5c" : "#c0603a");
        add(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"black\"/>",
                x(target.timesBetter(figure.sample().least())),
                y + ROW / 2 - 2,
                x(target.timesBetter(figure.sample().most())),
                y + ROW / 2 - 2);
        text(
                LABELS + PLOT + 10,
                y + ROW / 2 + 2,
                "start",
                "%s %s (%s)"
                        .formatted(
                                Table.number(figure.sample().median()),
                                figure.unit().symbol(),
                                Table.target(target)));
    }

    private static double x(double times) {
        double decades = Math.max(-DECADES, Math.min(DECADES, Math.log10(times)));
        return LABELS + PLOT * (decades + DECADES) / (2 * DECADES);
    }

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
