package io.yardmaster.app.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A place in a JSON document. It knows its path, so that a mistake there is reported in one line. */
record JsonField(String file, String path, JsonNode node) {
    /** Ten years; more than that, divided by any speedup, is a mistake of the tool that wrote it. */
    private static final double LONGEST_SECONDS = 315_360_000;

    /** Returns whether it has a value; some tools write null where there is none. */
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonField field(String name) {
        require(node.isObject(), "an object");
        JsonField field = new JsonField(file, path.isEmpty() ? name : path + "." + name, node.path(name));
        if (field.node.isMissingNode()) {
            throw field.invalid("is missing");
        }
        return field;
    }

    /** The parts of an array; none of null, which is how some languages write an empty one. */
    List<JsonField> elements() {
        if (node.isNull()) {
            return List.of();
        }
        require(node.isArray(), "an array");
        return IntStream.range(0, node.size())
                .mapToObj(i -> new JsonField(file, path + "[" + i + "]", node.get(i)))
                .toList();
    }

    /** Passes on the texts in an array, checked as by {@link #text}, without a place in memory for each of millions. */
    void texts(Consumer<String> taker) {
        if (!node.isNull()) {
            require(node.isArray(), "an array");
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode element = node.get(i);
            taker.accept(
                    isLine(element) ? element.textValue() : new JsonField(file, path + "[" + i + "]", element).text());
        }
    }

    private static boolean isLine(JsonNode node) {
        return node.isTextual()
                && !node.textValue().isBlank()
                && node.textValue().chars().noneMatch(Character::isISOControl);
    }

    /** The same place, named with the task that it belongs to. */
    JsonField of(String task) {
        return new JsonField(file, path + " (task '" + task + "')", node);
    }

    /** The text, which must be one line and not blank, so that it can be shown as it is. */
    String text() {
        require(node.isTextual() && !node.textValue().isBlank(), "a text that is not empty");
        if (!isLine(node)) {
            throw invalid("must be one line without control characters");
        }
        return node.textValue();
    }

    /** A duration. */
    double seconds() {
        require(node.isNumber(), "a number of seconds");
        double seconds = node.doubleValue();
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw invalid("is " + node.asText() + ", but must be a number of seconds from 0 to "
                    + (long) LONGEST_SECONDS + ", which is ten years");
        }
        return seconds;
    }

    InvalidInputException invalid(String what) {
        String place = path.isEmpty() ? "the document" : path;
        return new InvalidInputException(file + ": " + place + " " + what);
    }

    private void require(boolean right, String what) {
        if (!right) {
            throw invalid("must be " + what + ", not " + kind());
        }
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue().isBlank() ? "an empty text" : "a text";
            case MISSING -> "empty";
            default -> node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
