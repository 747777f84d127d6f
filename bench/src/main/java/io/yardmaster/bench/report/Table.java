package io.yardmaster.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as text, one line each. */
public final class Table {
    private static final String[] HEAD = {"", "what", "median", "least", "most", "target", "", ""};

    private Table() {}

    public static String of(List<Figure> figures) {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(row(figure)));
        int[] widths = new int[HEAD.length];
        for (String[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                boolean left = column < 2 || column > 4;
                line.append(String.format("%" + (left ? "-" : "") + Math.max(1, widths[column]) + "s  ", row[column]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String[] row(Figure figure) {
        return new String[] {
            figure.benchmark(),
            figure.what(),
            number(figure.sample().median()) + " " + figure.unit().symbol(),
            number(figure.sample().least()),
            number(figure.sample().most()),
            figure.target() == null ? "" : target(figure.target()),
            figure.target() == null ? "" : figure.meetsTarget() ? "met" : "missed",
            figure.note()
        };
    }

    static String target(Target target) {
        return (target.atLeast() ? "≥ " : "≤ ") + number(target.bound());
    }

    /** Prints as many digits as a benchmark is good for. */
    static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
