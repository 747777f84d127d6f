package io.yardmaster.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.Http.Answer;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryApiTest {
    private static final String V1 = record("{\"name\":\"a\",\"type\":\"int\"}");
    private static final String WITH_DEFAULT =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final String WITHOUT_DEFAULT =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"c\",\"type\":\"int\"}");

    @TempDir
    Path temp;

    private HttpService service;
    private Http http;

    @BeforeEach
    void start() {
        service = HttpService.start(new HostPort("127.0.0.1", 0));
        service.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(temp.resolve("registry/schemas.json"))),
                RegistryApi.CONTENT_TYPE);
        http = new Http(service.url() + "/registry");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aSchemaHasOneIdInAllSubjects() {
        assertThat(register("one", V1)).isEqualTo(1);
        assertThat(register("one", V1)).isEqualTo(1);
        assertThat(register("one", WITH_DEFAULT)).isEqualTo(2);
        assertThat(register("two", WITH_DEFAULT)).isEqualTo(2);
        assertThat(ints(http.get("/subjects/one/versions"))).containsExactly(1, 2);
        assertThat(ints(http.get("/subjects/two/versions"))).containsExactly(1);
        assertThat(texts(http.get("/schemas/ids/2/subjects"))).containsExactly("one", "two");
        assertThat(http.get("/schemas/ids/2/versions").json())
                .hasToString("[{\"subject\":\"one\",\"version\":2},{\"subject\":\"two\",\"version\":1}]");
        assertThat(texts(http.get("/subjects"))).containsExactly("one", "two");
        assertThat(texts(http.get("/subjects?subjectPrefix=tw"))).containsExactly("two");
    }

    /** A browser sends the origin of a page with every request that a page makes to change something. */
    @Test
    void aPageOfAnotherSiteMayReadAndChangesNothing() {
        register("one", V1);
        Http page = new Http(service.url() + "/registry", Map.of("Origin", "http://example.com"));
        assertThat(page.get("/subjects/one/versions/1").status()).isEqualTo(200);
        assertThat(page.post("/subjects/one", Map.of("schema", V1)).status()).isEqualTo(200);
        assertThat(page.post("/subjects/two/versions", Map.of("schema", V1)).status())
                .isEqualTo(403);
        assertThat(page.put("/config", Map.of("compatibility", "NONE")).status())
                .isEqualTo(403);
        assertThat(page.put("/config/one", Map.of("compatibility", "NONE")).status())
                .isEqualTo(403);
        assertThat(page.delete("/config/one").status()).isEqualTo(403);
        assertThat(page.delete("/subjects/one").status()).isEqualTo(403);
        assertThat(page.delete("/subjects/one/versions/1").status()).isEqualTo(403);
        assertThat(texts(http.get("/subjects"))).containsExactly("one");
    }

    @Test
    void versionsAreReadByNumberOrAsTheLatest() {
        register("one", V1);
        register("one", WITH_DEFAULT);
        JsonNode first = http.get("/subjects/one/versions/1").json();
        assertThat(first.path("subject").asText()).isEqualTo("one");
        assertThat(first.path("version").asInt()).isEqualTo(1);
        assertThat(first.path("id").asInt()).isEqualTo(1);
        assertThat(first.path("schema").asText()).isEqualTo(V1);
        assertThat(http.get("/subjects/one/versions/latest")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(http.get("/subjects/one/versions/-1").json().path("version").asInt())
                .isEqualTo(2);
        assertThat(http.get("/subjects/one/versions/1/schema").json()).hasToString(V1);
        assertThat(http.get("/schemas/ids/1?fetchMaxId=true")
                        .json()
                        .path("maxId")
                        .asInt())
                .isEqualTo(2);
        assertThat(http.get("/schemas/ids/1?subject=one").json().path("schema").asText())
                .isEqualTo(V1);
        assertThat(http.get("/schemas/ids/1/schema").json()).hasToString(V1);
    }

    @Test
    void aSchemaIsLookedUpInItsSubject() {
        register("one", V1);
        Answer found = http.post("/subjects/one?normalize=true&deleted=false", Map.of("schema", " " + V1));
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json().path("version").asInt()).isEqualTo(1);
        assertProblem(http.post("/subjects/one", Map.of("schema", WITH_DEFAULT)), 404, 40403);
        assertProblem(http.post("/subjects/two", Map.of("schema", V1)), 404, 40401);
    }

    @Test
    void whatIsUnknownHasTheProtocolsCodes() {
        register("one", V1);
        assertProblem(http.get("/subjects/two/versions"), 404, 40401);
        assertProblem(http.get("/subjects/two/versions/latest"), 404, 40401);
        assertProblem(http.get("/subjects/one/versions/2"), 404, 40402);
        assertProblem(http.get("/subjects/one/versions/0"), 422, 42202);
        assertProblem(http.get("/subjects/one/versions/x"), 422, 42202);
        assertProblem(http.get("/schemas/ids/99"), 404, 40403);
        assertProblem(http.get("/nowhere"), 404, 404);
        assertProblem(http.put("/subjects", Map.of()), 405, 405);
        assertThat(http.get("/schemas/ids/99").contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void whatIsNoAvroSchemaIsRefused() {
        assertProblem(http.post("/subjects/one/versions", Map.of("schema", "{\"type\":\"wrong\"}")), 422, 42201);
        assertProblem(http.post("/subjects/one/versions", Map.of("schema", "")), 422, 42201);
        assertProblem(http.post("/subjects/one/versions", Map.of()), 422, 42201);
        assertProblem(http.post("/subjects/one/versions", Map.of("schema", V1, "schemaType", "PROTOBUF")), 422, 42201);
        assertProblem(
                http.post("/subjects/one/versions", Map.of("schema", V1, "references", List.of(Map.of("name", "x")))),
                422,
                42201);
        assertProblem(http.post("/subjects/one/versions", "{"), 400, 400);
        assertProblem(http.post("/subjects/one/versions", ""), 400, 400);
        assertThat(texts(http.get("/subjects"))).isEmpty();
    }

    @Test
    void aSubjectEvolvesBackwardCompatiblyUnlessToldOtherwise() {
        register("one", V1);
        Answer refused = http.post("/subjects/one/versions", Map.of("schema", WITHOUT_DEFAULT));
        assertProblem(refused, 409, 409);
        assertThat(refused.json().path("message").asText()).contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(compatible("/compatibility/subjects/one/versions/latest", WITHOUT_DEFAULT))
                .isFalse();
        assertThat(compatible("/compatibility/subjects/one/versions", WITH_DEFAULT))
                .isTrue();
        assertThat(compatible("/compatibility/subjects/none/versions/latest", V1))
                .isTrue();
        assertProblem(http.post("/compatibility/subjects/one/versions/7", Map.of("schema", V1)), 404, 40402);
        assertThat(http.post("/compatibility/subjects/one/versions/1?verbose=true", Map.of("schema", WITHOUT_DEFAULT))
                        .json()
                        .path("messages"))
                .hasSize(1);
    }

    @Test
    void levelsAreSetForAllAndForOneSubject() {
        assertThat(http.get("/config").json()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertProblem(http.get("/config/one"), 404, 40408);
        assertThat(http.get("/config/one?defaultToGlobal=true").json())
                .hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(http.put("/config/one", Map.of("compatibility", "FORWARD")).json())
                .hasToString("{\"compatibility\":\"FORWARD\"}");
        assertThat(http.put("/config", Map.of("compatibility", "NONE")).status())
                .isEqualTo(200);
        assertProblem(http.put("/config", Map.of("compatibility", "MAYBE")), 422, 42203);
        register("one", V1);
        register("one", WITHOUT_DEFAULT);
        assertProblem(http.post("/subjects/one/versions", Map.of("schema", record(""))), 409, 409);
        assertThat(http.delete("/config/one").json()).hasToString("{\"compatibilityLevel\":\"FORWARD\"}");
        register("one", record(""));
    }

    @Test
    void transitiveLevelsLookAtAllVersions() {
        http.put("/config/one", Map.of("compatibility", "NONE"));
        register("one", record(""));
        register("one", WITHOUT_DEFAULT);
        String next = record("{\"name\":\"c\",\"type\":\"long\"}");
        http.put("/config/one", Map.of("compatibility", "BACKWARD"));
        assertThat(compatible("/compatibility/subjects/one/versions", next)).isTrue();
        http.put("/config/one", Map.of("compatibility", "BACKWARD_TRANSITIVE"));
        assertThat(compatible("/compatibility/subjects/one/versions", next)).isFalse();
        http.put("/config/one", Map.of("compatibility", "FULL"));
        assertThat(compatible("/compatibility/subjects/one/versions", next)).isFalse();
    }

    @Test
    void deletedVersionsAreHiddenUntilTheyAreRemovedForGood() {
        register("one", V1);
        register("one", WITH_DEFAULT);
        assertProblem(http.delete("/subjects/one/versions/2?permanent=true"), 404, 40407);
        assertThat(http.delete("/subjects/one/versions/2").json().asInt()).isEqualTo(2);
        assertProblem(http.delete("/subjects/one/versions/2"), 404, 40406);
        assertThat(ints(http.get("/subjects/one/versions"))).containsExactly(1);
        assertThat(ints(http.get("/subjects/one/versions?deleted=true"))).containsExactly(1, 2);
        assertThat(register("one", WITH_DEFAULT)).isEqualTo(2);
        assertThat(ints(http.get("/subjects/one/versions"))).containsExactly(1, 3);
        assertProblem(http.delete("/subjects/one?permanent=true"), 404, 40405);
        assertThat(ints(http.delete("/subjects/one"))).containsExactly(1, 3);
        assertThat(texts(http.get("/subjects"))).isEmpty();
        assertThat(texts(http.get("/subjects?deleted=true"))).containsExactly("one");
        assertProblem(http.delete("/subjects/one"), 404, 40404);
        assertThat(ints(http.delete("/subjects/one?permanent=true"))).containsExactly(1, 2, 3);
        assertProblem(http.delete("/subjects/one"), 404, 40401);
        assertThat(http.get("/schemas/ids/1").status()).isEqualTo(200);
    }

    @Test
    void fixedAnswersOfTheProtocol() {
        assertThat(texts(http.get("/schemas/types"))).containsExactly("AVRO");
        assertThat(http.get("/mode").json()).hasToString("{\"mode\":\"READWRITE\"}");
        assertThat(http.get("/").json()).hasToString("{}");
    }

    @Test
    void everythingSurvivesARestart() {
        register("a/b ü", V1);
        http.put("/config/one", Map.of("compatibility", "FULL"));
        stop();
        start();
        assertThat(texts(http.get("/subjects"))).containsExactly("a/b ü");
        assertThat(http.get("/config/one").json()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(register("other", V1)).isEqualTo(1);
        assertThat(register("other", WITH_DEFAULT)).isEqualTo(2);
    }

    @Test
    void whatCannotBeSavedIsNotAnsweredAsDone() throws IOException {
        Files.createDirectories(temp.resolve("registry/schemas.json.tmp/in the way"));
        assertThat(http.post("/subjects/one/versions", Map.of("schema", V1)).status())
                .isEqualTo(500);
        assertThat(texts(http.get("/subjects"))).isEmpty();
    }

    @Test
    void aFileThatIsNotOfARegistryIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("other.json"), "[]");
        assertThatThrownBy(() -> EmbeddedRegistry.open(file))
                .isInstanceOf(RegistryFileException.class)
                .hasMessage("schema registry file " + file + ": cannot be read as such");
    }

    @Test
    void registeringFromManyThreadsGivesEverySchemaItsOwnId() {
        Set<Integer> ids = new ConcurrentSkipListSet<>();
        IntStream.range(0, 40).parallel().forEach(i -> {
            String schema = "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[]}".formatted(i % 20);
            ids.add(register("subject" + i, schema));
        });
        assertThat(ids).hasSize(20);
    }

    private int register(String subject, String schema) {
        String path =
                "/subjects/" + subject.replace("/", "%2F").replace(" ", "%20").replace("ü", "%C3%BC") + "/versions";
        Answer answer = http.post(path, Map.of("schema", schema));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("id").asInt();
    }

    private boolean compatible(String path, String schema) {
        return http.post(path, Map.of("schema", schema))
                .json()
                .required("is_compatible")
                .asBoolean();
    }

    private static void assertProblem(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.json().path("message").asText()).isNotBlank();
    }

    private static List<Integer> ints(Answer answer) {
        return StreamSupport.stream(answer.json().spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<String> texts(Answer answer) {
        return StreamSupport.stream(answer.json().spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"test\",\"fields\":[" + fields + "]}";
    }
}
