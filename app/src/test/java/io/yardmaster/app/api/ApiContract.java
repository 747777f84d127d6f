package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** Holds answers to the OpenAPI file, which allows no fields beside those that it names. */
public final class ApiContract {
    private final JsonNode document = OpenApi.json();

    JsonNode document() {
        return document;
    }

    /** Checks the answer of GET on this path, as the file names the path. */
    public void check(String path, JsonNode answer) {
        validate(schema(path, "200"), "answer of " + path, answer);
    }

    /** Checks the answer to a request for this path that cannot be fulfilled. */
    void checkProblem(String path, JsonNode answer) {
        validate(schema(path, "default"), "problem of " + path, answer);
    }

    /** The schema of an answer, references not resolved. */
    JsonNode schema(String path, String status) {
        JsonNode response = resolve(
                document.path("paths").path(path).path("get").path("responses").path(status));
        JsonNode schema = response.path("content").path("application/json").path("schema");
        assertThat(schema.isMissingNode()).as("%s is described", path).isFalse();
        return schema;
    }

    /** The node itself, or the one that it refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void validate(JsonNode schema, String what, JsonNode answer) {
        ObjectNode root = schema.deepCopy();
        root.set("components", document.path("components"));
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
        assertThat(validator.validate(answer)).as("%s: %s", what, answer).isEmpty();
    }
}
