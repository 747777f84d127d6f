package io.yardmaster.schemas.serde;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * A registry that speaks Confluent's REST protocol, at one or more addresses. If an address gives no usable answer, the next one
 * is asked; the address that answered last is asked first.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private final List<RegistryEndpoint> endpoints;
    private final RegistryHttp http;
    private volatile int preferred;

    HttpSchemaRegistry(List<RegistryEndpoint> endpoints, RegistryHttp http) {
        this.endpoints = List.copyOf(endpoints);
        this.http = http;
    }

    @Override
    public int register(String subject, Schema schema) {
        String action = "registering %s under %s".formatted(schema.getFullName(), subject);
        RegistryAnswer answer = ask(action, subjectPath(subject) + "/versions", Optional.of(schemaJson(schema)));
        return id(action, answer);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        String action = "looking up %s under %s".formatted(schema.getFullName(), subject);
        RegistryAnswer answer = ask(action, subjectPath(subject), Optional.of(schemaJson(schema)));
        if (answer.isNotFound()) {
            throw new UnregisteredSchemaException("schema registry %s: %s is not registered under %s (%s)"
                    .formatted(this, schema.getFullName(), subject, answer.reason()));
        }
        return id(action, answer);
    }

    @Override
    public Schema byId(int id) {
        String action = "looking up schema id " + id;
        RegistryAnswer answer = ask(action, "/schemas/ids/" + id, Optional.empty());
        if (!answer.isGiven()) {
            throw new UnreadableRecordException(
                    "schema registry %s does not know schema id %s (%s)".formatted(this, id, answer.reason()));
        }
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnreadableRecordException(
                    "schema registry %s: schema id %s is %s, not Avro".formatted(this, id, type));
        }
        return parse(id, answer.body().path("schema").asText());
    }

    private Schema parse(int id, String text) {
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(text);
        } catch (RuntimeException e) {
            throw new UnreadableRecordException(
                    "schema registry %s: schema id %s is no Avro schema that can be read here".formatted(this, id), e);
        }
    }

    private int id(String action, RegistryAnswer answer) {
        if (answer.isRefusal()) {
            throw new IncompatibleSchemaException(
                    "schema registry %s: %s was refused (%s)".formatted(this, action, answer.reason()));
        }
        if (!answer.body().path("id").canConvertToInt()) {
            throw new RegistryUnavailableException(
                    "schema registry %s: %s failed (%s, without an id)".formatted(this, action, answer.reason()));
        }
        return answer.body().path("id").asInt();
    }

    private RegistryAnswer ask(String action, String path, Optional<String> body) {
        List<String> failures = new ArrayList<>();
        NoAnswerException last = null;
        int first = preferred;
        for (int i = 0; i < endpoints.size(); i++) {
            int index = (first + i) % endpoints.size();
            RegistryEndpoint endpoint = endpoints.get(index);
            try {
                RegistryAnswer answer = http.ask(endpoint, path, body);
                if (answer.isFinal()) {
                    preferred = index;
                    return answer;
                }
                failures.add(endpoint + ": " + answer.reason());
            } catch (NoAnswerException e) {
                failures.add(endpoint + ": " + e.getMessage());
                last = e;
            }
        }
        throw new RegistryUnavailableException(
                "schema registry gave no answer when %s (%s)".formatted(action, String.join("; ", failures)), last);
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String schemaJson(Schema schema) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", schema.toString())
                .toString();
    }

    @Override
    public String toString() {
        return endpoints.stream().map(RegistryEndpoint::toString).collect(Collectors.joining(","));
    }
}
