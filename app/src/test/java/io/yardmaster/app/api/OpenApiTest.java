package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.core.placement.HostPage;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.HistoryEntryType;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.ShardLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI file and the code say the same. */
class OpenApiTest {
    private static final int MOST_CONSTANTS = 17;

    /** The records that are answered, by path. */
    private static final Map<String, Class<?>> ANSWERS = Map.ofEntries(
            Map.entry("/api/overview", Overview.class),
            Map.entry("/api/jobs", JobPage.class),
            Map.entry("/api/jobs/{job}", JobAnswer.class),
            Map.entry("/api/jobs/{job}/when", WhenAnswer.class),
            Map.entry("/api/jobs/{job}/stages", StagesAnswer.class),
            Map.entry("/api/jobs/{job}/failures", FailurePage.class),
            Map.entry("/api/dead-letters", DeadLetterPage.class),
            Map.entry("/api/policy", PolicyAnswer.class),
            Map.entry("/api/limits", LimitAnswer.All.class),
            Map.entry("/api/instances", InstanceAnswer.All.class),
            Map.entry("/api/lanes", ShardAnswer.All.class),
            Map.entry("/api/hosts", HostsAnswer.All.class),
            Map.entry("/api/hosts/{pool}", HostsAnswer.class));

    /** Answers that are no records: the events repeat an answer, the other two are the file itself. */
    private static final Set<String> OTHERS = Set.of("/api/events", "/api/openapi.json", "/api/openapi.yaml");

    private final ApiContract contract = new ApiContract();

    private static JsonNode json(Object value) {
        try {
            return Json.MAPPER.readTree(Json.bytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyComponentOfARecordIsAFieldOfItsSchemaAndTheOtherWayRound() {
        SchemaComparison comparison = new SchemaComparison(contract);
        ANSWERS.forEach((path, type) -> {
            for (int constant = 0; constant < MOST_CONSTANTS; constant++) {
                JsonNode schema = contract.schema(path, "200");
                comparison.compare(path, schema, json(new SampleValues(true, constant).of(type)));
                comparison.compare(path, schema, json(new SampleValues(false, constant).of(type)));
            }
        });
        comparison.assertConstants();
    }

    @Test
    void theKindsOfEventsOfAJobAreDescribed() {
        JsonNode history = contract.document()
                .at("/components/schemas/JobDetail/allOf/1/properties/history/items/properties/what/enum");
        assertThat(history)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(HistoryEntryType.values()).map(Labels::of).toList());
        JsonNode listed = contract.document().at("/components/schemas/ListedState/enum");
        assertThat(listed)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        Parameters.LISTED.stream().map(Labels::of).toList());
    }

    @Test
    void everyRouteIsDescribedAndTheOtherWayRound() {
        try (Api api = notRunning()) {
            Set<String> routes = new TreeSet<>(Set.of("/api/events", "/api/openapi.yaml"));
            api.routers().get("api").routes().forEach(route -> routes.add("/api/" + route.replaceFirst("^GET ", "")));
            Set<String> described = new TreeSet<>();
            contract.document().path("paths").fieldNames().forEachRemaining(described::add);
            assertThat(routes).isEqualTo(described);
            assertThat(contract.document().path("paths").size()).isEqualTo(ANSWERS.size() + OTHERS.size());
        }
    }

    @Test
    void problemsAreAsDescribed() {
        try (HttpService http = HttpService.start(new HostPort("127.0.0.1", 0));
                Api api = notRunning()) {
            api.mount(http);
            Http client = new Http(http.url());
            for (String path : ANSWERS.keySet()) {
                Http.Answer answer = client.get(path.replace("{job}", "1").replace("{pool}", "gpu"));
                assertThat(answer.status()).as(path).isEqualTo(503);
                contract.checkProblem(path, answer.json());
                Http.Answer wrong = client.get(path.replace("{job}", "x").replace("{pool}", "X") + "?limit=0&state=x");
                contract.checkProblem(path, wrong.json());
            }
        }
    }

    private static Api notRunning() {
        return new Api(SchedulerConfig.from(Map.of()), "test", new HostPort("127.0.0.1", 7070), Optional::empty);
    }

    /** As instances of any version write it. */
    @Test
    void whatInstancesTellEachOtherIsReadAsItWasWritten() throws JsonProcessingException {
        for (boolean full : new boolean[] {true, false}) {
            SampleValues samples = new SampleValues(full, 0);
            for (Class<?> type : Set.of(
                    InstanceSnapshot.class,
                    JobLocation.class,
                    JobPage.class,
                    StagePage.class,
                    FailurePage.class,
                    ShardLoad.class,
                    HostAnswers.LocalPools.class,
                    HostAnswers.LocalWaits.class,
                    HostPage.class)) {
                JsonNode written = json(samples.of(type));
                assertThat(json(Json.MAPPER.treeToValue(written, type))).isEqualTo(written);
                ((ObjectNode) written).put("of_a_newer_version", 1);
                assertThat(Json.MAPPER.treeToValue(written, type)).isNotNull();
            }
        }
        assertThat(json(new SampleValues(true, 0).of(JobLocation.class)))
                .isEqualTo(
                        Json.MAPPER.readTree(
                                """
                        {"job": {"job": "7", "group": "7", "lane": 3, "state": "active", "position": 7, "buffered_tasks": 7,
                                "assignments": 7, "ended": {"succeeded": 7, "failed": 7, "killed": 7, "refused": 7}, "session": "7", "ready_since_ms": 7, "latest_event_ms": 7, "priority": 3,
                                "runs": [{"first": 3, "count": 3, "attempt": 3}], "buffered_runs": 7,
                                "graph": {"name": "4711", "stages": 3, "open_stages": 3, "failure": "4711", "first": [{"name": "4711", "first_task": 3,
                                        "tasks": 3, "state": "blocked", "waits_for": 3, "succeeded": 3, "failed": 3}]},
                                "history": [{"at_ms": 7, "what": "4711", "detail": "4711"}]},
                         "positionExact": true, "finalizing": "task", "gateSinceMs": 7, "gateUntilMs": 7, "ended": true,
                         "cancelled": true, "pausedSinceMs": 7,
                         "places": 3, "placesTaken": 3, "parked": 7,
                         "limit": {"limit": "4711", "needed": 7, "used": 7, "capacity": 7}, "tasksBefore": 7}
                        """));
        ObjectNode ofAnOlderVersion = (ObjectNode) json(new SampleValues(true, 0).of(StagePage.class));
        ofAnOlderVersion.remove("name");
        assertThat(Json.MAPPER.treeToValue(ofAnOlderVersion, StagePage.class).name())
                .isEmpty();
        assertThat(json(new SampleValues(true, 0).of(InstanceSnapshot.class)).fieldNames())
                .toIterable()
                .containsExactly(
                        "instance",
                        "version",
                        "applicationId",
                        "upSinceMs",
                        "state",
                        "active",
                        "standby",
                        "restoring",
                        "window",
                        "lanes",
                        "rates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"applicationId\":\"a\",\"lanes\":null}"})
    void listsThatAnotherVersionDoesNotSendAreEmpty(String json) throws JsonProcessingException {
        assertThat(Json.MAPPER.readValue(json, InstanceSnapshot.class).lanes()).isEmpty();
    }
}
