package io.yardmaster.app.jobfile;

import io.yardmaster.app.jobfile.YamlNode.Entry;
import io.yardmaster.app.workflow.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads the part of YAML that a job's file needs: mappings, lists and scalars in one document, without anchors, aliases and tags. */
final class YamlReader {
    /** Deeper nesting is in no job's file. */
    private static final int MOST_DEPTH = 8;

    static final int MOST_VALUES = 2_500_000;

    private final FileMistakes mistakes;
    private final Parser parser;
    private final int mostValues;
    private int values;

    private YamlReader(String text, FileMistakes mistakes, int mostValues) {
        this.mistakes = mistakes;
        this.mostValues = mostValues;
        this.parser = new ParserImpl(new StreamReader(text), options());
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(JobFileReader.MOST_BYTES);
        return options;
    }

    /**
     * The value of the only document; empty if there is none.
     *
     * @throws InvalidInputException if it cannot be read
     */
    static Optional<YamlNode> read(String text, FileMistakes mistakes) {
        return read(text, mistakes, MOST_VALUES);
    }

    static Optional<YamlNode> read(String text, FileMistakes mistakes, int mostValues) {
        try {
            return new YamlReader(text, mistakes, mostValues).document();
        } catch (ReaderException e) {
            throw mistakes.last(
                    lineOf(text, e.getPosition()),
                    String.format(Locale.ROOT, "a character that YAML does not allow: U+%04X", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            throw mistakes.last(line(e.getProblemMark()), "not YAML: " + problem(e));
        } catch (YAMLException e) {
            throw mistakes.last(1, "not YAML: " + e.getMessage());
        }
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.codePoints()
                        .limit(position)
                        .filter(character -> character == '\n')
                        .count();
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static String problem(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "it cannot be read" : e.getProblem();
        return problem.contains("(TAB)") ? "a tab where only spaces may be" : problem;
    }

    private Optional<YamlNode> document() {
        require(Event.ID.StreamStart);
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        require(Event.ID.DocumentStart);
        YamlNode root = node(0);
        require(Event.ID.DocumentEnd);
        Event next = parser.peekEvent();
        if (!next.is(Event.ID.StreamEnd)) {
            throw mistakes.last(line(next.getStartMark()), "a second document begins: a file has one job");
        }
        return Optional.of(root);
    }

    private void require(Event.ID id) {
        Event event = parser.getEvent();
        if (!event.is(id)) {
            throw mistakes.last(line(event.getStartMark()), "not YAML: %s is out of place".formatted(event));
        }
    }

    private YamlNode node(int depth) {
        Event event = parser.getEvent();
        int line = line(event.getStartMark());
        if (++values > mostValues) {
            throw mistakes.last(line, "the file has more than %s values, the most that are read".formatted(mostValues));
        }
        if (depth > MOST_DEPTH) {
            throw mistakes.last(line, "values are nested too deep for a job's file");
        }
        refuseReferences(event, line);
        if (event instanceof ScalarEvent scalar) {
            return YamlNode.scalar(line, scalar.getValue(), scalar.isPlain());
        }
        if (event instanceof MappingStartEvent) {
            return mapping(line, depth);
        }
        if (event instanceof SequenceStartEvent) {
            List<YamlNode> items = new ArrayList<>();
            while (!parser.checkEvent(Event.ID.SequenceEnd)) {
                items.add(node(depth + 1));
            }
            parser.getEvent();
            return YamlNode.list(line, items);
        }
        throw mistakes.last(line, "not YAML: %s is out of place".formatted(event));
    }

    private void refuseReferences(Event event, int line) {
        if (event instanceof AliasEvent alias) {
            throw mistakes.last(line, "the alias *%s: anchors and aliases are not read".formatted(alias.getAnchor()));
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw mistakes.last(line, "the anchor &%s: anchors and aliases are not read".formatted(node.getAnchor()));
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof MappingStartEvent mapping
                        ? mapping.getTag()
                        : event instanceof SequenceStartEvent list ? list.getTag() : null;
        if (tag != null) {
            throw mistakes.last(line, "the tag %s: tags are not read".formatted(tag));
        }
    }

    private YamlNode mapping(int line, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            if (key.form() != YamlNode.Form.SCALAR) {
                throw mistakes.last(key.line(), "a key must be a text, not " + key.kind());
            }
            YamlNode value = node(depth + 1);
            Integer before = lines.putIfAbsent(key.text(), key.line());
            if (before == null) {
                entries.add(new Entry(key.text(), key.line(), value));
            } else {
                mistakes.add(key.line(), "the key '%s' is there twice, first in line %s".formatted(key.text(), before));
            }
        }
        parser.getEvent();
        return YamlNode.mapping(line, entries);
    }
}
