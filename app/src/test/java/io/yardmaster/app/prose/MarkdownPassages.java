package io.yardmaster.app.prose;

import io.yardmaster.app.prose.Passage.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Paragraphs, list items and table cells of a Markdown text. Left out are headings, the heads of tables, code blocks, HTML, and
 * the bold title with which a paragraph may begin.
 */
final class MarkdownPassages {
    private static final Pattern BULLET = Pattern.compile("^([-*+]|\\d+\\.) +");
    private static final Pattern TITLE = Pattern.compile("^\\*\\*[^*]+[.:?]\\*\\* *");
    private static final Pattern BELOW_A_HEAD = Pattern.compile("^\\|[ :|-]+$");

    private final List<Passage> passages = new ArrayList<>();
    private Passage paragraph;

    private MarkdownPassages() {}

    static List<Passage> of(List<String> lines) {
        MarkdownPassages reader = new MarkdownPassages();
        boolean inCode = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("```")) {
                inCode = !inCode;
                reader.paragraph = null;
            } else if (!inCode) {
                String next = i + 1 < lines.size() ? lines.get(i + 1).strip() : "";
                reader.read(line, next, i + 1);
            }
        }
        return reader.passages;
    }

    private void read(String line, String next, int number) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("<")) {
            paragraph = null;
        } else if (line.startsWith("|")) {
            paragraph = null;
            if (!BELOW_A_HEAD.matcher(next).matches()) {
                readRow(line, number);
            }
        } else if (paragraph == null || BULLET.matcher(line).find()) {
            paragraph = begin(Kind.PARAGRAPH, number);
            String text = BULLET.matcher(line).replaceFirst("");
            paragraph.add(TITLE.matcher(text).replaceFirst(""), number);
        } else {
            paragraph.add(" " + line, number);
        }
    }

    private void readRow(String row, int number) {
        for (String cell : row.split("(?<!\\\\)\\|", -1)) {
            begin(Kind.TABLE_CELL, number).add(cell.strip(), number);
        }
    }

    private Passage begin(Kind kind, int line) {
        Passage passage = new Passage(kind, line);
        passages.add(passage);
        return passage;
    }
}
