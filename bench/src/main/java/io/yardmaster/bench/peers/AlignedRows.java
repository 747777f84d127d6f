package io.yardmaster.bench.peers;

import java.util.List;

/** Rows of text in columns. */
final class AlignedRows {
    private static final String GAP = "  ";

    private AlignedRows() {}

    /**
     * A line for each row.
     *
     * @param rows of the same number of cells
     * @param left true to align all columns at the left, false to align all but the first at the right
     */
    static String of(List<List<String>> rows, boolean left) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                String space = " ".repeat(widths[column] - cell.length());
                line.append(left || column == 0 ? cell + space : space + cell).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
