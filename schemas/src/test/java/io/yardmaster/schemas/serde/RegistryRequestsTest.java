package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.serde.RegistryServer.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryRequestsTest {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryServer server = new RegistryServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tenThousandRecordsCostOneRegistration() {
        AvroSerde<TaskReady> serde = Samples.serde(server.url());

        for (int i = 0; i <= 10_000; i++) {
            serde.serializer().serialize("yardmaster.ready", Samples.taskReady(i));
            assertThat(server.requests).hasSize(1);
        }

        assertThat(server.requests)
                .containsExactly(new Request("POST", "/subjects/yardmaster.ready-value/versions", TYPE, null));
    }

    @Test
    void eachTopicIsRegisteredOnce() {
        AvroSerde<TaskReady> serde = Samples.serde(server.url());

        for (int i = 0; i < 100; i++) {
            serde.serializer().serialize("topic-" + i % 2, Samples.taskReady(i));
        }

        assertThat(server.requests)
                .extracting(Request::path)
                .containsExactly("/subjects/topic-0-value/versions", "/subjects/topic-1-value/versions");
    }

    @Test
    void tenThousandRecordsAreReadWithOneLookUp() {
        byte[] bytes = Samples.serde(server.url()).serializer().serialize("t", Samples.taskReady(1));
        server.requests.clear();
        AvroSerde<TaskReady> serde = Samples.serde(server.url());

        for (int i = 0; i <= 10_000; i++) {
            serde.deserializer().deserialize("t", bytes);
            assertThat(server.requests).hasSize(1);
        }

        assertThat(server.requests).containsExactly(new Request("GET", "/schemas/ids/1", null, null));
    }

    @Test
    void tenThousandRecordsOfAnIdThatNobodyKnowsCostOneLookUp() {
        AvroSerde<TaskReady> serde = Samples.serde(server.url());
        byte[] bytes = {0, 0, 0, 0, 77, 1, 2, 3};

        for (int i = 0; i <= 10_000; i++) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("t", bytes))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("topic t: ")
                    .hasMessageContaining("does not know schema id 77");
            assertThat(server.requests).hasSize(1);
        }
        assertThatThrownBy(() -> serde.deserializer().deserialize("other", bytes))
                .hasMessageStartingWith("topic other: ");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void tenThousandRecordsOfAnotherContractCostOneLookUp() {
        byte[] commit =
                Samples.<CommitReady>serde(server.url()).serializer().serialize("c", new CommitReady(1L, 2L, 3L));
        server.requests.clear();
        AvroSerde<TaskReady> serde = Samples.serde(
                Map.of("schema.registry.url", server.url(), "specific.avro.value.type", TaskReady.class.getName()));

        for (int i = 0; i <= 10_000; i++) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("t", commit))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("CommitReady) of registry " + server.url() + " is not a");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void whileTheRegistryGivesNoAnswerItIsAskedEachTime() {
        byte[] bytes = Samples.serde(server.url()).serializer().serialize("t", Samples.taskReady(1));
        AvroSerde<TaskReady> serde = Samples.serde(server.url());
        server.replace(regular -> RegistryServer.Answer.error(503, 50301, "starting"));

        for (int i = 0; i < 3; i++) {
            server.requests.clear();
            assertThatThrownBy(() -> serde.deserializer().deserialize("t", bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
            assertThat(server.requests).isNotEmpty();
        }
        server.replace(regular -> regular);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(Samples.taskReady(1));
    }

    @Test
    void anIdThatIsRegisteredLateIsReadTenSecondsLater() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        MockSchemaRegistry registry = MockSchemaRegistry.named("late");
        RecordReaders readers = new RecordReaders(registry, Optional.empty(), nanos::get);
        assertThatThrownBy(() -> readers.of("t", 1)).isInstanceOf(UnreadableRecordException.class);
        assertThat(registry.register("s", TaskReady.getClassSchema())).isEqualTo(1);

        nanos.addAndGet(UnreadableIds.KEPT.toNanos() - 1);
        assertThatThrownBy(() -> readers.of("t", 1)).isInstanceOf(UnreadableRecordException.class);
        nanos.addAndGet(1);
        assertThat(readers.of("t", 1)).isNotNull();
    }

    @Test
    void ofVeryManyIdsThatNobodyKnowsTheOldestIsAskedForAgain() {
        UnreadableIds unreadable = new UnreadableIds(() -> 0);
        for (int id = 0; id <= UnreadableIds.MOST; id++) {
            unreadable.add(id, new UnreadableRecordException("no " + id));
        }

        unreadable.check(0);
        for (int id = 1; id <= UnreadableIds.MOST; id++) {
            int known = id;
            assertThatThrownBy(() -> unreadable.check(known)).hasMessage("no " + known);
        }
    }

    @Test
    void withoutAutoRegistrationTheIdIsLookedUp() {
        Samples.serde(server.url()).serializer().serialize("t", Samples.taskReady(1));
        server.requests.clear();
        AvroSerde<TaskReady> serde =
                Samples.serde(Map.of("schema.registry.url", server.url(), "auto.register.schemas", false));

        assertThat(serde.serializer().serialize("t", Samples.taskReady(1))).startsWith(0, 0, 0, 0, 1);
        assertThat(server.requests).containsExactly(new Request("POST", "/subjects/t-value", TYPE, null));
    }

    @Test
    void credentialsComeFromTheUrl() {
        String url = server.url().replace("//", "//jane:p%40ss:word@");

        Samples.serde(url).serializer().serialize("t", Samples.taskReady(1));

        assertThat(server.requests).extracting(Request::authorization).containsExactly(basic("jane:p@ss:word"));
    }

    @Test
    void credentialsComeFromASettingOfEitherName() {
        for (String setting : new String[] {"basic.auth.user.info", "schema.registry.basic.auth.user.info"}) {
            server.requests.clear();
            Map<String, String> settings = Map.of(
                    "schema.registry.url",
                    server.url(),
                    "basic.auth.credentials.source",
                    "USER_INFO",
                    setting,
                    "jane:secret");

            Samples.serde(settings).serializer().serialize("t", Samples.taskReady(1));

            assertThat(server.requests).extracting(Request::authorization).containsExactly(basic("jane:secret"));
        }
    }

    @Test
    void aPathInTheUrlIsKept() {
        String[] urls = {server.url() + "/apis/ccompat/v7", server.url() + "/apis/ccompat/v7/"};
        for (String url : urls) {
            server.requests.clear();
            server.replace(regular -> new RegistryServer.Answer(200, "{\"id\":1}"));

            Samples.serde(url).serializer().serialize("t", Samples.taskReady(1));

            assertThat(server.requests)
                    .extracting(Request::path)
                    .containsExactly("/apis/ccompat/v7/subjects/t-value/versions");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
