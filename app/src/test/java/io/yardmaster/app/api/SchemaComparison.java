package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares JSON that was written from samples with its schema, in both directions. */
final class SchemaComparison {
    private final ApiContract contract;
    /** Constants by the place of their enum. */
    private final Map<String, Set<String>> written = new TreeMap<>();

    private final Map<String, Set<String>> described = new TreeMap<>();

    SchemaComparison(ApiContract contract) {
        this.contract = contract;
    }

    /** Compares fields, types and null; takes note of constants. */
    void compare(String place, JsonNode schema, JsonNode json) {
        List<JsonNode> parts = parts(schema);
        Optional<JsonNode> values = parts.stream()
                .map(part -> part.path("additionalProperties"))
                .filter(JsonNode::isObject)
                .findFirst();
        if (json.isObject() && values.isPresent()) {
            json.properties().forEach(field -> compare(place + ".*", values.get(), field.getValue()));
        } else if (json.isObject()) {
            assertThat(names(json)).as("fields of %s", place).isEqualTo(described(parts));
            assertThat(names(json)).as("required fields of %s", place).isEqualTo(texts(parts, "required"));
            json.properties()
                    .forEach(field ->
                            compare(place + "." + field.getKey(), property(parts, field.getKey()), field.getValue()));
        } else if (json.isArray()) {
            assertThat(texts(parts, "type")).as(place).contains("array");
            parts.stream()
                    .filter(part -> part.has("items"))
                    .forEach(part -> json.forEach(element -> compare(place + "[]", part.path("items"), element)));
        } else {
            assertThat(texts(parts, "type")).as(place).contains(type(json));
            note(place, parts, json);
        }
    }

    /** Every constant that was written is described, and every one that is described was written. */
    void assertConstants() {
        assertThat(written).isEqualTo(described);
    }

    private void note(String place, List<JsonNode> parts, JsonNode json) {
        Set<String> constants = texts(parts, "enum");
        if (!constants.isEmpty() && json.isTextual() && !json.asText().equals(SampleValues.TEXT)) {
            written.computeIfAbsent(place, key -> new TreeSet<>()).add(json.asText());
            described.put(place, constants);
        }
    }

    /** A schema with all that it refers to or is made of. */
    private List<JsonNode> parts(JsonNode schema) {
        JsonNode resolved = contract.resolve(schema);
        List<JsonNode> parts = new ArrayList<>(List.of(resolved));
        resolved.path("allOf").forEach(part -> parts.addAll(parts(part)));
        resolved.path("anyOf").forEach(part -> parts.addAll(parts(part)));
        return parts;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> described(List<JsonNode> parts) {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(names(part.path("properties"))));
        return names;
    }

    private static JsonNode property(List<JsonNode> parts, String name) {
        return parts.stream()
                .map(part -> part.path("properties").path(name))
                .filter(property -> !property.isMissingNode())
                .findFirst()
                .orElseThrow();
    }

    /** The texts of a keyword whose value is a text or an array of them. */
    private static Set<String> texts(List<JsonNode> parts, String keyword) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode part : parts) {
            JsonNode value = part.path(keyword);
            if (value.isTextual()) {
                texts.add(value.asText());
            }
            value.forEach(each -> texts.add(each.asText()));
        }
        return texts;
    }

    private static String type(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL -> "null";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> json.isIntegralNumber() ? "integer" : "number";
            default -> throw new IllegalArgumentException("not a leaf: " + json);
        };
    }
}
