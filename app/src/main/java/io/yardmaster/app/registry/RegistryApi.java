package io.yardmaster.app.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Request;
import io.yardmaster.app.http.Router;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Subjects, schemas and compatibility checks of Confluent's REST API. */
public final class RegistryApi {
    public static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedRegistry registry;

    private RegistryApi(EmbeddedRegistry registry) {
        this.registry = registry;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record SchemaBody(String schema, String schemaType, List<JsonNode> references) {}

    public static Router router(EmbeddedRegistry registry) {
        var api = new RegistryApi(registry);
        Router router = new Router()
                .on("GET", "", (request, args) -> Reply.ok(Map.of()))
                .on("GET", "subjects", (request, args) -> api.subjects(request))
                .onQuestion("subjects/{subject}", (request, args) -> api.lookUp(args.get("subject"), request))
                .onTrusted(
                        "DELETE",
                        "subjects/{subject}",
                        (request, args) ->
                                Reply.ok(registry.deleteSubject(args.get("subject"), request.flag("permanent"))))
                .on("GET", "subjects/{subject}/versions", (request, args) -> api.versions(args.get("subject"), request))
                .onTrusted(
                        "POST",
                        "subjects/{subject}/versions",
                        (request, args) -> api.register(args.get("subject"), request))
                .on(
                        "GET",
                        "subjects/{subject}/versions/{version}",
                        (request, args) -> api.version(args.get("subject"), args.get("version"), request))
                .onTrusted(
                        "DELETE",
                        "subjects/{subject}/versions/{version}",
                        (request, args) -> Reply.ok(registry.deleteVersion(
                                args.get("subject"), args.get("version"), request.flag("permanent"))))
                .on(
                        "GET",
                        "subjects/{subject}/versions/{version}/schema",
                        (request, args) -> api.versionSchema(args.get("subject"), args.get("version"), request))
                .on("GET", "subjects/{subject}/versions/{version}/referencedby", (request, args) -> Reply.ok(List.of()))
                .on("GET", "schemas/types", (request, args) -> Reply.ok(List.of("AVRO")))
                .on("GET", "schemas/ids/{id}", (request, args) -> api.schema(args.get("id"), request))
                .on(
                        "GET",
                        "schemas/ids/{id}/schema",
                        (request, args) -> Reply.ok(json(registry.schema(id(args.get("id"))))))
                .on(
                        "GET",
                        "schemas/ids/{id}/subjects",
                        (request, args) -> Reply.ok(api.usesOf(args.get("id"), request)
                                .map(Use::subject)
                                .distinct()
                                .toList()))
                .on(
                        "GET",
                        "schemas/ids/{id}/versions",
                        (request, args) ->
                                Reply.ok(api.usesOf(args.get("id"), request).toList()))
                .onQuestion(
                        "compatibility/subjects/{subject}/versions",
                        (request, args) -> api.compatibleWithAll(args.get("subject"), request))
                .onQuestion(
                        "compatibility/subjects/{subject}/versions/{version}",
                        (request, args) -> api.compatibleWith(args.get("subject"), args.get("version"), request));
        ConfigApi.addTo(router, registry);
        return router;
    }

    private Reply subjects(Request request) {
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        return Reply.ok(registry.state().subjects().keySet().stream()
                .filter(subject -> subject.startsWith(prefix))
                .filter(subject -> !registry.state()
                        .versions(subject, request.flag("deleted"))
                        .isEmpty())
                .toList());
    }

    private Reply versions(String subject, Request request) {
        return Reply.ok(registry.versions(subject, request.flag("deleted")).stream()
                .map(SubjectVersion::version)
                .toList());
    }

    private Reply version(String subject, String version, Request request) {
        return Reply.ok(described(subject, registry.version(subject, version, request.flag("deleted"))));
    }

    private Reply versionSchema(String subject, String version, Request request) {
        return Reply.ok(json(registry.schema(
                registry.version(subject, version, request.flag("deleted")).id())));
    }

    private Reply register(String subject, Request request) {
        return Reply.ok(described(subject, registry.register(subject, schemaIn(request))));
    }

    private Reply lookUp(String subject, Request request) {
        Schema schema = schemaIn(request);
        registry.versions(subject, request.flag("deleted"));
        return Reply.ok(described(
                subject,
                registry.find(subject, schema, request.flag("deleted")).orElseThrow(RegistryProblem::schemaNotFound)));
    }

    private Reply schema(String id, Request request) {
        String schema = registry.schema(id(id));
        return Reply.ok(
                request.flag("fetchMaxId")
                        ? Map.of("schema", schema, "maxId", registry.state().highestId())
                        : Map.of("schema", schema));
    }

    private record Use(String subject, int version) {}

    private Stream<Use> usesOf(String idText, Request request) {
        int id = id(idText);
        registry.schema(id);
        RegistryState state = registry.state();
        return state.subjects().keySet().stream()
                .flatMap(subject -> state.versions(subject, request.flag("deleted")).stream()
                        .filter(version -> version.id() == id)
                        .map(version -> new Use(subject, version.version())));
    }

    private Reply compatibleWithAll(String subject, Request request) {
        return compatibility(
                request,
                registry.objections(subject, schemaIn(request), registry.state().versions(subject, false)));
    }

    private Reply compatibleWith(String subject, String version, Request request) {
        Schema schema = schemaIn(request);
        // A first version is compatible with the latest, of which there is none.
        boolean first = version.equals("latest")
                && registry.state().versions(subject, false).isEmpty();
        List<SubjectVersion> older = first ? List.of() : List.of(registry.version(subject, version, false));
        return compatibility(request, registry.objections(subject, schema, older));
    }

    private static Reply compatibility(Request request, List<String> objections) {
        return Reply.ok(
                request.flag("verbose")
                        ? Map.of("is_compatible", objections.isEmpty(), "messages", objections)
                        : Map.of("is_compatible", objections.isEmpty()));
    }

    private record Registered(String subject, int version, int id, String schema) {}

    private Registered described(String subject, SubjectVersion version) {
        return new Registered(subject, version.version(), version.id(), registry.schema(version.id()));
    }

    private static Schema schemaIn(Request request) {
        SchemaBody body = read(request, SchemaBody.class);
        if (body.schemaType() != null && !body.schemaType().equals("AVRO")) {
            throw RegistryProblem.invalidSchema(
                    "schemaType is " + body.schemaType() + ", this registry takes AVRO only");
        }
        if (body.references() != null && !body.references().isEmpty()) {
            throw RegistryProblem.invalidSchema("this registry takes no references");
        }
        if (body.schema() == null || body.schema().isBlank()) {
            throw RegistryProblem.invalidSchema("it is empty");
        }
        return EmbeddedRegistry.parse(body.schema());
    }

    static <T> T read(Request request, Class<T> type) {
        try {
            T body = JSON.readValue(request.body(), type);
            if (body != null) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new HttpProblem(400, 400, "the body is not the JSON expected: " + e.getOriginalMessage());
        }
        throw new HttpProblem(400, 400, "the body is empty");
    }

    private static JsonNode json(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw HttpProblem.notFound();
        }
    }
}
