package io.yardmaster.app.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.topology.policy.PolicyField;
import io.yardmaster.topology.policy.PolicyKind;

/** The JSON schema of the policy's files, made of the table of all kinds of entries. */
public final class PolicySchema {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PolicySchema() {}

    /** The schema as a text. */
    public static String text() {
        ObjectNode schema = object("The policy of a deployment of Yardmaster, as `yardmaster policy apply` reads it.");
        ObjectNode ordered = JSON.createObjectNode();
        ordered.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        ordered.put("title", "Yardmaster's policy");
        ordered.setAll(schema);
        ObjectNode sections = ordered.putObject("properties");
        for (PolicyKind kind : PolicyKind.values()) {
            ObjectNode section = object(kind.doc() + " By its id: " + kind.idWords() + ".");
            section.putObject("patternProperties").set("^" + kind.idPattern() + "$", entry(kind));
            sections.set(kind.section(), section);
        }
        try {
            return JSON.writeValueAsString(ordered).replace("\r", "") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema cannot be written: " + e.getMessage(), e);
        }
    }

    private static ObjectNode entry(PolicyKind kind) {
        ObjectNode entry = object(kind.doc());
        entry.put("minProperties", 1);
        ObjectNode fields = entry.putObject("properties");
        for (PolicyField field : kind.fields()) {
            ObjectNode of = fields.putObject(field.name());
            switch (field.type()) {
                case FLAG -> of.put("type", "boolean");
                case WHOLE ->
                    of.put("type", "integer")
                            .put("minimum", (long) field.least())
                            .put("maximum", (long) field.most());
                case NUMBER ->
                    of.put("type", "number").put("minimum", field.least()).put("maximum", field.most());
                case WORD -> field.words().forEach(of.putArray("enum")::add);
                case TEXT -> of.put("type", "string").put("minLength", 1).put("maxLength", (int) field.most());
            }
            of.put("description", field.doc());
            field.need().ifPresent(need -> require(entry, field.name(), need));
        }
        return entry;
    }

    private static void require(ObjectNode entry, String field, PolicyField.Need need) {
        need.value()
                .ifPresentOrElse(
                        value -> {
                            ObjectNode with = entry.withObject("/dependentSchemas/" + field);
                            with.putArray("required").add(need.field());
                            with.putObject("properties").putObject(need.field()).put("const", value);
                        },
                        () -> entry.withObject("/dependentRequired")
                                .putArray(field)
                                .add(need.field()));
    }

    private static ObjectNode object(String description) {
        return JSON.createObjectNode()
                .put("description", description)
                .put("type", "object")
                .put("additionalProperties", false);
    }
}
