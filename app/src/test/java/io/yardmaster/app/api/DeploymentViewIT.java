package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.GivenUpLetter;
import io.yardmaster.app.TopicSerializers;
import io.yardmaster.app.http.Http;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.When;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on a real broker: each shows the whole, as the OpenAPI file says, also when the other one goes. */
class DeploymentViewIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int JOBS = 10_000;
    private static final int PLACES = 16;
    private static final int LANES = 4;
    private static final long COMMITTED = 1_000_000;
    private static final long STRAY = 2_000_000;
    private static final long WITH_GRAPH = 3_000_000;

    private final ApiContract contract = new ApiContract();
    private final Map<String, String> settings = new HashMap<>();
    private TopicSerializers serializers;

    @TempDir
    Path directory;

    @Test
    void eachInstanceShowsTheWhole() throws Exception {
        try (TestKafka kafka = TestKafka.start(directory.resolve("kafka"))) {
            settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
            settings.put("kafka.application.id", kafka.unique("deployment-view"));
            settings.put("dispatch.group", kafka.unique("deployment-view-fleet"));
            settings.put("topic.prefix", kafka.unique("deployment-view") + ".");
            settings.put("schema.registry.url", "mock://deployment-view");
            settings.put("dispatch.capacity", "8");
            settings.put("lane.partitioner", "any");
            settings.put("active.jobs", Integer.toString(PLACES));
            serializers = new TopicSerializers(settings);
            createTopics();
            send();
            try (ApiInstance one = instance("one").start();
                    ApiInstance two = instance("two").start()) {
                eventually(() -> assertAllIsThere(two.client()));
                eventually(() -> assertThat(get(one.client(), "/api/jobs?limit=1")
                                .path("jobs")
                                .size())
                        .isEqualTo(1));
                eventually(() -> sameEverywhere(one.client(), two.client()));
                eventually(() -> allJobsAreListedOnce(two.client()));
                eventually(() -> saysWhyAJobWaits(two.client()));
                tellsWhatHappenedToAJob(two.client());
                wrongQuestionsAreOneLine(two.client());
                overviewsAreSent(two);
                eventually(() -> everyPathThatIsDescribedAnswers(two.client()));
                eventually(() -> statusShowsIt(two.url()));
                answersForTheLaneWhereAJobWaits(one.client(), two.client());
                eachInstanceShowsTheGraphOfAJob(one, two);
                eachInstanceLooksAtAllShardsForAnEstimate(one, two);
                one.closeHttp();
                eventually(() -> assertOneIsMissing(two.client()));
            }
            try (ApiInstance two = instance("two").start()) {
                eventually(() -> assertAllIsThereAlone(two.client()));
                tellsHowManyAssignmentsOfAJobWereGivenUp(two.client());
            }
        }
    }

    /** An answer leaves out, once, a shard or an instance that takes too long to say what it has. */
    private static void eventually(ThrowingRunnable holds) {
        await().atMost(LONG).untilAsserted(holds);
    }

    private ApiInstance instance(String name) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", directory.resolve(name).toString());
        return new ApiInstance(own);
    }

    private void createTopics() {
        SchedulerConfig config = SchedulerConfig.from(settings);
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.create(new TopicPlan(config.topics(), LANES, 3, Optional.empty()));
        }
    }

    private void send() throws ExecutionException, InterruptedException {
        try (KafkaProducer<Long, byte[]> producer = producer()) {
            List<Future<?>> sent = new ArrayList<>();
            for (long job = 0; job < JOBS; job++) {
                sent.add(send(producer, Topic.READY, job, new TaskReady(job % 7, job, 1L, List.of(0, 1, 2), 0)));
                if (job < 100) {
                    // One at a time until the broker has heard of all partitions.
                    sent.get((int) job).get();
                }
            }
            sent.add(send(producer, Topic.COMMIT, COMMITTED, new CommitReady(1L, COMMITTED, 1L)));
            sent.add(producer.send(
                    new ProducerRecord<>(TopicNames.from(settings).of(Topic.READY), 0, 1L, new byte[] {7})));
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private KafkaProducer<Long, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers")),
                new LongSerializer(),
                new ByteArraySerializer());
    }

    private <V extends SpecificRecord> Future<?> send(
            KafkaProducer<Long, byte[]> producer, Topic<V> topic, long job, V event) {
        String name = TopicNames.from(settings).of(topic);
        byte[] value = serializers.serialize(topic, name, event);
        return producer.send(new ProducerRecord<>(name, job, value));
    }

    private <V extends SpecificRecord> void sendTo(
            int lane, KafkaProducer<Long, byte[]> producer, Topic<V> topic, V event)
            throws ExecutionException, InterruptedException {
        String name = TopicNames.from(settings).of(topic);
        byte[] value = serializers.serialize(topic, name, event);
        producer.send(new ProducerRecord<>(name, lane, STRAY, value)).get();
    }

    private JsonNode get(Http http, String path) {
        Http.Answer answer = http.get(path);
        assertThat(answer.status()).as("%s: %s", path, answer.json()).isEqualTo(200);
        contract.check(path.replaceFirst("\\?.*", ""), answer.json());
        return answer.json();
    }

    private void assertAllIsThere(Http http) {
        JsonNode overview = get(http, "/api/overview");
        JsonNode totals = overview.path("totals");
        assertThat(totals.path("active_jobs").asInt()
                        + totals.path("pending_jobs").asInt())
                .isEqualTo(JOBS);
        assertThat(totals.path("finalizing_jobs").asInt()).isEqualTo(1);
        assertThat(totals.path("assignments").asInt()).isEqualTo(8);
        assertThat(totals.path("buffered_tasks").asInt()).isEqualTo(3 * JOBS - tasksOut(overview));
        assertThat(overview.path("window").path("used").asInt()).isEqualTo(8);
        assertThat(overview.path("window").path("capacity").asInt()).isEqualTo(8);
        assertThat(overview.path("dead_letters")).hasSize(1);
        assertThat(overview.path("groups")).hasSize(7);
        assertThat(overview.path("group").path("members")).isEmpty();
        assertThat(overview.path("instances")).hasSize(2).allMatch(one -> one.path("reachable")
                .asBoolean());
        assertThat(overview.path("lanes"))
                .allMatch(lane -> lane.path("state").asText().equals("active"))
                .extracting(lane -> lane.path("instance").asText())
                .doesNotContain("");
        Set<String> owners = new HashSet<>();
        overview.path("lanes").forEach(lane -> owners.add(lane.path("instance").asText()));
        assertThat(owners).hasSize(2);
    }

    /** One of the eight outstanding assignments may be the commit task. */
    private static int tasksOut(JsonNode overview) {
        return 7 + overview.path("gates").path("waiting_commits").asInt();
    }

    private void sameEverywhere(Http one, Http two) {
        assertThat(get(one, "/api/lanes")).isEqualTo(get(two, "/api/lanes"));
        assertThat(get(one, "/api/overview").path("totals"))
                .isEqualTo(get(two, "/api/overview").path("totals"));
    }

    private void allJobsAreListedOnce(Http http) {
        Set<String> seen = new HashSet<>();
        String after = "";
        while (after != null) {
            JsonNode page = get(http, "/api/jobs?limit=1000&after=" + after);
            assertThat(page.path("jobs").size()).isLessThanOrEqualTo(1_000);
            page.path("jobs").forEach(job -> assertThat(seen.add(job.path("job").asText()))
                    .isTrue());
            after = page.path("next").isNull() ? null : page.path("next").asText();
        }
        assertThat(seen).hasSize(JOBS + 1);
        get(http, "/api/jobs?state=active&lane=0").path("jobs").forEach(job -> assertThat(
                        job.path("state").asText() + job.path("lane").asText())
                .isEqualTo("active0"));
        assertThat(get(http, "/api/jobs?group=3&limit=1000").path("jobs"))
                .isNotEmpty()
                .allMatch(job -> job.path("group").asText().equals("3"));
    }

    private void saysWhyAJobWaits(Http http) {
        JsonNode active =
                detail(http, get(http, "/api/jobs?state=active").path("jobs").path(0));
        assertThat(active.path("why").path("code").asText()).isEqualTo("no-fleet");
        JsonNode pending =
                detail(http, get(http, "/api/jobs?state=pending").path("jobs").path(3));
        assertThat(pending.path("why").path("sentence").asText())
                .startsWith("Pending behind 3 jobs: all 16 places of the rotation are taken.");
        JsonNode finalizing = detail(
                http, get(http, "/api/jobs?state=finalizing").path("jobs").path(0));
        assertThat(finalizing.path("why").path("code").asText()).isEqualTo("finalizing");
        assertThat(http.get("/api/jobs/4711000000").status()).isEqualTo(404);
    }

    /** Since its shard came to where it is. */
    private void tellsWhatHappenedToAJob(Http http) throws ExecutionException, InterruptedException {
        try (KafkaProducer<Long, byte[]> producer = producer()) {
            send(producer, Topic.COMMIT, COMMITTED, new CommitReady(1L, COMMITTED, 1L))
                    .get();
        }
        eventually(() -> {
            List<String> history = new ArrayList<>();
            http.get("/api/jobs/" + COMMITTED)
                    .json()
                    .path("history")
                    .forEach(event -> history.add(event.path("what").asText() + ": "
                            + event.path("detail").asText()));
            assertThat(history).endsWith("dropped: 1 task: its gate is closed");
        });
    }

    /** Two shards know it, of which the other one was sent nothing but the cancel. */
    private void answersForTheLaneWhereAJobWaits(Http one, Http two) throws ExecutionException, InterruptedException {
        int home = JobPartition.of(STRAY, LANES);
        int elsewhere = (home + 1) % LANES;
        try (KafkaProducer<Long, byte[]> producer = producer()) {
            sendTo(elsewhere, producer, Topic.CLEANUP, new CleanupReady(1L, STRAY, 1L, false));
            assertAnswer(one, two, "ended", elsewhere);
            sendTo(home, producer, Topic.READY, new TaskReady(1L, STRAY, 1L, List.of(0), 0));
            assertAnswer(one, two, "pending-behind", home);
            sendTo(home, producer, Topic.CLEANUP, new CleanupReady(1L, STRAY, 1L, false));
            assertAnswer(one, two, "ended", home);
        }
    }

    private void tellsHowManyAssignmentsOfAJobWereGivenUp(Http http) throws ExecutionException, InterruptedException {
        AtomicLong active = new AtomicLong();
        eventually(() -> {
            JsonNode first = get(http, "/api/jobs?state=active").path("jobs").path(0);
            assertThat(first.path("job").asText()).isNotEmpty();
            active.set(first.path("job").asLong());
        });
        long job = active.get();
        String dispatch = TopicNames.from(settings).of(Topic.DISPATCH);
        try (KafkaProducer<Long, byte[]> producer = producer()) {
            giveUp(producer, job + 1, dispatch);
            giveUp(producer, job, TopicNames.from(settings).of(Topic.READY));
            giveUp(producer, job, dispatch);
            giveUp(producer, job, dispatch);
        }
        eventually(() -> assertThat(http.get("/api/jobs/" + job)
                        .json()
                        .path("why")
                        .path("sentence")
                        .asText())
                .contains(" But 2 assignments were given up by group " + settings.get("dispatch.group")));
    }

    private void giveUp(KafkaProducer<Long, byte[]> producer, long job, String topic)
            throws ExecutionException, InterruptedException {
        producer.send(GivenUpLetter.of(TopicNames.from(settings).deadLetter(), topic, job))
                .get();
    }

    private void assertAnswer(Http one, Http two, String code, int lane) {
        eventually(() -> {
            for (Http asked : List.of(one, two)) {
                JsonNode answer = asked.get("/api/jobs/" + STRAY).json();
                contract.check("/api/jobs/{job}", answer);
                assertThat(answer.path("why").path("code").asText()).isEqualTo(code);
                assertThat(answer.path("lane").asInt()).isEqualTo(lane);
            }
        });
    }

    private JsonNode detail(Http http, JsonNode listed) {
        Http.Answer answer = http.get("/api/jobs/" + listed.path("job").asText());
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        contract.check("/api/jobs/{job}", answer.json());
        assertThat(answer.json().path("state")).isEqualTo(listed.path("state"));
        return answer.json();
    }

    private static void wrongQuestionsAreOneLine(Http http) {
        Map.of(
                        "/api/jobs?limit=0", "limit=0: must be a whole number from 1 to 1000",
                        "/api/jobs?state=lost", "state=lost: must be active, pending, parked, paused or finalizing",
                        "/api/jobs?group=x", "group=x: must be a whole number of 64 bits",
                        "/api/jobs/x", "job=x: must be a whole number of 64 bits",
                        "/api/jobs?after=x", "after=x: must be the next of another page")
                .forEach((path, message) -> {
                    Http.Answer answer = http.get(path);
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.json().path("message").asText()).isEqualTo(message);
                });
    }

    private void overviewsAreSent(ApiInstance instance) throws IOException {
        var connection = URI.create(instance.url() + "/api/events").toURL().openConnection();
        connection.setReadTimeout((int) LONG.toMillis());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(connection.getContentType()).isEqualTo("text/event-stream");
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            contract.check("/api/overview", new ObjectMapper().readTree(line.substring("data: ".length())));
        }
    }

    /** And the other way round: every answer is described. */
    private void everyPathThatIsDescribedAnswers(Http http) {
        contract.document().path("paths").fieldNames().forEachRemaining(path -> {
            if (!path.contains("{") && !path.endsWith("events") && !path.endsWith("yaml")) {
                get(http, path);
            }
        });
        assertThat(http.get("/api/openapi.json").json()).isEqualTo(contract.document());
        assertThat(http.get("/api").status()).isEqualTo(404);
        assertThat(http.get("/api/groups").status()).isEqualTo(404);
        assertThat(http.delete("/api/jobs/1").status()).isEqualTo(405);
    }

    private void eachInstanceLooksAtAllShardsForAnEstimate(ApiInstance one, ApiInstance two) {
        for (ApiInstance instance : List.of(one, two)) {
            for (long job = JOBS - LANES; job < JOBS; job++) {
                String sentence = "job " + job
                        + " waits behind more jobs of its shard than an estimate looks at, which are 1,000,"
                        + " or than the shard told of in time";
                String path = "/api/jobs/" + job + "/when";
                eventually(() -> {
                    Http.Answer answer = instance.client().get(path);
                    assertThat(answer.json().path("message").asText()).isEqualTo(sentence);
                    assertThat(answer.status()).isEqualTo(409);
                });
            }
            eventually(() -> assertThat(instance.client()
                            .get("/api/jobs/" + Long.MAX_VALUE + "/when")
                            .status())
                    .isEqualTo(404));
        }
    }

    private static void statusShowsIt(String url) {
        CommandLineRun text = CommandLineRun.of("status", "--once", "--url", url);
        assertThat(text.exitCode()).as(text.stderr()).isZero();
        assertThat(text.stdout().lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("8 of 8 out"));
        CommandLineRun json = CommandLineRun.of("status", "--once", "--json", "--url", url + "/");
        assertThat(json.stdout()).startsWith("{\"at_ms\":").hasLineCount(1);
    }

    private void eachInstanceShowsTheGraphOfAJob(ApiInstance one, ApiInstance two)
            throws ExecutionException, InterruptedException {
        Stage first =
                new Stage("first", 3, List.of(), When.ALL, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
        Stage then = new Stage(
                "then",
                1,
                List.of(new StageDependency("first", false)),
                When.ALL,
                1,
                0L,
                0L,
                Payload.NONE,
                Map.of(),
                "",
                0,
                Map.of(),
                false);
        JobGraph graph = JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(WITH_GRAPH)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(first, then))
                .build();
        try (KafkaProducer<Long, byte[]> producer = producer()) {
            send(producer, Topic.GRAPHS, WITH_GRAPH, graph).get();
        }
        String path = "/api/jobs/" + WITH_GRAPH + "/";
        eventually(() -> showsTheGraph(one.client(), path));
        eventually(() -> showsTheGraph(two.client(), path));
        eventually(() -> statusShowsTheGraph(two.url()));
    }

    private void showsTheGraph(Http http, String path) {
        assertThat(http.get(path + "stages").status()).isEqualTo(200);
        JsonNode stages = http.get(path + "stages").json();
        contract.check("/api/jobs/{job}/stages", stages);
        assertThat(stages.path("page").path(0).path("why").path("text").asText())
                .isEqualTo("3 wait for their turn");
        assertThat(stages.path("page").path(1).path("why").path("text").asText())
                .isEqualTo("waits for first: 0 of 3 ended");
        JsonNode last = http.get(path + "stages?after=1&limit=1").json();
        assertThat(last.path("page").path(0).path("name").asText()).isEqualTo("then");
        assertThat(http.get(path + "stages?limit=1").json().path("next").asInt())
                .isEqualTo(1);
        contract.check("/api/jobs/{job}/failures", http.get(path + "failures").json());
        assertThat(http.get("/api/jobs/1/stages").status()).isEqualTo(404);
        assertThat(http.get(path + "stages?after=x").status()).isEqualTo(400);
    }

    private static void statusShowsTheGraph(String url) {
        CommandLineRun text = CommandLineRun.of("status", Long.toString(WITH_GRAPH), "--once", "--url", url);
        assertThat(text.exitCode()).as(text.stderr()).isZero();
        assertThat(text.stdout())
                .contains("graph    running, 2 of 2 stages not ended", "waits for first: 0 of 3 ended");
        CommandLineRun unknown = CommandLineRun.of("status", "4711000", "--once", "--url", url);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.stderr()).hasLineCount(1).contains("job 4711000 is not known");
    }

    private void assertOneIsMissing(Http http) {
        JsonNode overview = get(http, "/api/overview");
        assertThat(overview.path("instances"))
                .anyMatch(one -> !one.path("reachable").asBoolean());
        assertThat(overview.path("lanes"))
                .anyMatch(lane -> lane.path("state").asText().equals("unassigned")
                        && !lane.path("instance").isNull());
    }

    private void assertAllIsThereAlone(Http http) {
        JsonNode overview = get(http, "/api/overview");
        assertThat(overview.path("instances")).hasSize(1);
        assertThat(overview.path("lanes"))
                .allMatch(lane -> lane.path("state").asText().equals("active"));
        assertThat(overview.path("totals").path("active_jobs").asInt()
                        + overview.path("totals").path("pending_jobs").asInt())
                .as("jobs, that with a graph among them")
                .isEqualTo(JOBS + 1);
        assertThat(overview.path("totals").path("buffered_tasks").asInt())
                .isEqualTo(3 * (JOBS + 1) - tasksOut(overview));
        assertThat(overview.path("dead_letters")).hasSize(1);
    }
}
