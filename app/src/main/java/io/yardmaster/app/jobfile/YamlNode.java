package io.yardmaster.app.jobfile;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value in a YAML file. Like YAML's own core schema, and unlike YAML 1.1, only {@code true} and {@code false} are truth values, and numbers are
 * decimal.
 *
 * @param line where it begins, from 1
 * @param text of a scalar; empty for others
 * @param plain whether a scalar is written without quotes
 * @param entries of a mapping, in their order
 * @param items of a list
 */
record YamlNode(Form form, int line, String text, boolean plain, List<Entry> entries, List<YamlNode> items) {
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(\\.\\d+|\\d[\\d_]*(\\.[\\d_]*)?)([eE][-+]?\\d+)?|0x[\\da-fA-F_]+|[-+]?\\.(inf|nan|Inf|NaN|INF|NAN)");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");

    /** The three forms of values. */
    enum Form {
        SCALAR,
        MAPPING,
        LIST
    }

    /** A key of a mapping and its value. */
    record Entry(String key, int line, YamlNode value) {}

    static YamlNode scalar(int line, String text, boolean plain) {
        return new YamlNode(Form.SCALAR, line, text, plain, List.of(), List.of());
    }

    static YamlNode mapping(int line, List<Entry> entries) {
        return new YamlNode(Form.MAPPING, line, "", false, entries, List.of());
    }

    static YamlNode list(int line, List<YamlNode> items) {
        return new YamlNode(Form.LIST, line, "", false, List.of(), items);
    }

    boolean isMapping() {
        return form == Form.MAPPING;
    }

    boolean isList() {
        return form == Form.LIST;
    }

    boolean isNothing() {
        return isPlain(NOTHING);
    }

    boolean isNumber() {
        return isPlain(NUMBER);
    }

    boolean isTruth() {
        return isPlain(TRUTH);
    }

    boolean isText() {
        return form == Form.SCALAR && !isNothing() && !isNumber() && !isTruth();
    }

    private boolean isPlain(Pattern pattern) {
        return form == Form.SCALAR && plain && pattern.matcher(text).matches();
    }

    /** The kind of value that it is, for people. */
    String kind() {
        if (form != Form.SCALAR) {
            return form == Form.LIST ? "a list" : "a mapping of keys";
        }
        if (isNothing()) {
            return "empty";
        }
        String what = isNumber() ? "the number " : isTruth() ? "the truth value " : "the text ";
        return what + (text.length() <= 40 ? text : text.substring(0, 38) + "..");
    }
}
