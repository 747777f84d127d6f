package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.serde.RegistryServer.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
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
