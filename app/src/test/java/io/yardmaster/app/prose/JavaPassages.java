package io.yardmaster.app.prose;

import io.yardmaster.app.prose.Passage.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comments and literals of a Java source, and its code, from which these are left out. */
final class JavaPassages {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<javadoc>/\\*\\*.*?\\*/)"
                    + "|(?<comment>/\\*.*?\\*/|//[^\\n]*)"
                    + "|(?<block>\"\"\".*?\"\"\")"
                    + "|(?<literal>\"(?:[^\"\\\\]++|\\\\.)*+\")"
                    + "|'(?:[^'\\\\]|\\\\.)+'"
                    + "|\\n"
                    + "|[^/\"'\\n]+"
                    + "|.",
            Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("^\\s*(/\\*+|//|\\*(?!/))?\\s?");
    private static final Pattern END_MARK = Pattern.compile("\\s*\\*+/$");

    private final List<Passage> passages = new ArrayList<>();
    private final Passage code = begin(Kind.CODE, 1);
    private final StringBuilder sinceText = new StringBuilder();
    private Passage latest = code;
    private int line = 1;

    private JavaPassages() {}

    static List<Passage> of(String source) {
        JavaPassages reader = new JavaPassages();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            reader.read(token);
        }
        return reader.passages;
    }

    private void read(Matcher token) {
        String text = token.group();
        if (token.group("javadoc") != null) {
            readComment(begin(Kind.JAVADOC, line), text);
        } else if (token.group("comment") != null) {
            readComment(goesOn(text) ? latest : begin(Kind.COMMENT, line), text);
        } else if (token.group("block") != null) {
            readLines(begin(Kind.LITERAL, line), text.substring(3, text.length() - 3));
        } else if (token.group("literal") != null) {
            String content = text.substring(1, text.length() - 1);
            textFor(literal()).add(unescaped(content), line);
        } else {
            code.add(text.equals("\n") ? " " : text, line);
            sinceText.append(text);
            line += text.equals("\n") ? 1 : 0;
        }
    }

    private static String unescaped(String literal) {
        return literal.replace("\\n", " ").replaceAll("\\\\(.)", "$1");
    }

    private void readComment(Passage passage, String comment) {
        textFor(passage);
        String[] lines = comment.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line += i == 0 ? 0 : 1;
            String text =
                    MARK.matcher(END_MARK.matcher(lines[i]).replaceFirst("")).replaceFirst("");
            passage.add(passage.text().isEmpty() ? text : " " + text, line);
        }
    }

    private void readLines(Passage passage, String text) {
        textFor(passage);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line += i == 0 ? 0 : 1;
            passage.add(lines[i] + " ", line);
        }
    }

    /** Returns whether this is the next line of the comment before it. */
    private boolean goesOn(String comment) {
        return comment.startsWith("//")
                && latest.kind() == Kind.COMMENT
                && sinceText.toString().isBlank()
                && sinceText.chars().filter(c -> c == '\n').count() == 1;
    }

    private Passage literal() {
        String between = sinceText.toString().strip();
        boolean inText = latest.kind() == Kind.LITERAL || latest.kind() == Kind.LITERAL_IN_LIST;
        if (inText && between.equals("+")) {
            return latest;
        }
        return begin(between.endsWith(",") ? Kind.LITERAL_IN_LIST : Kind.LITERAL, line);
    }

    private Passage textFor(Passage passage) {
        latest = passage;
        sinceText.setLength(0);
        return passage;
    }

    private Passage begin(Kind kind, int firstLine) {
        Passage passage = new Passage(kind, firstLine);
        passages.add(passage);
        return passage;
    }
}
