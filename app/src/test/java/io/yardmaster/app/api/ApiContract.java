package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/** The OpenAPI file as something that answers are held against: it allows no fields beside those that it names. */
final class ApiContract {
    private final JsonNode document = OpenApi.json();

    JsonNode document() {
        return document;
    }

    /** The answer of GET on this path, as the file names it, must be what the file says. */
    void check(String path, JsonNode answer) {
        JsonNode schema = document.path("paths")
                .path(path)
                .path("get")
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(schema.isMissingNode()).as("%s is described", path).isFalse();
        ObjectNode root = schema.deepCopy();
        root.set("components", document.path("components"));
        JsonSchema validator = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root, SchemaValidatorsConfig.builder().build());
        assertThat(validator.validate(answer)).as("answer of %s: %s", path, answer).isEmpty();
    }
}
