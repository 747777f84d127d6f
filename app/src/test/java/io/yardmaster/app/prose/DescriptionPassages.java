package io.yardmaster.app.prose;

import io.yardmaster.app.prose.Passage.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The descriptions in an Avro schema or another JSON file, and those in a YAML file. */
final class DescriptionPassages {
    private static final Pattern JSON = Pattern.compile("\"(?:doc|description)\" ?: ?\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern YAML = Pattern.compile("^( *(?:- )?)(?:description|summary): +(.+)$");
    private static final Pattern BLOCK = Pattern.compile("[|>][-+]?");

    private DescriptionPassages() {}

    static List<Passage> ofJson(List<String> lines) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher description = JSON.matcher(lines.get(i));
            while (description.find()) {
                begin(passages, i + 1).add(description.group(1).replaceAll("\\\\(.)", "$1"), i + 1);
            }
        }
        return passages;
    }

    /** A description goes on in the lines below it that are indented more than its key. */
    static List<Passage> ofYaml(List<String> lines) {
        List<Passage> passages = new ArrayList<>();
        Passage open = null;
        int indent = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher key = YAML.matcher(line);
            if (key.matches()) {
                indent = key.group(1).length();
                open = begin(passages, i + 1);
                open.add(BLOCK.matcher(key.group(2)).matches() ? "" : key.group(2), i + 1);
            } else if (open != null && line.isBlank()) {
                open = begin(passages, i + 1);
            } else if (open != null && line.length() - line.stripLeading().length() > indent) {
                open.add(" " + line.strip(), i + 1);
            } else {
                open = null;
            }
        }
        return passages;
    }

    private static Passage begin(List<Passage> passages, int line) {
        Passage passage = new Passage(Kind.DESCRIPTION, line);
        passages.add(passage);
        return passage;
    }
}
