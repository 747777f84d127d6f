package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.serde.RegistryServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryErrorsTest {
    private static final byte[] SCHEMA_ID_7 = {0, 0, 0, 0, 7, 0};

    private static Throwable writing(String url) {
        return catchThrowable(() -> Samples.serde(url).serializer().serialize("lane", Samples.taskReady(1)));
    }

    private static Throwable reading(String url) {
        return catchThrowable(() -> Samples.serde(url).deserializer().deserialize("lane", SCHEMA_ID_7));
    }

    private static String nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + closed.getLocalPort();
        }
    }

    @Test
    void aRegistryThatIsAwaySaysNothingAboutTheRecord() throws IOException {
        String url = nobody();

        assertThat(writing(url))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("schema registry gave no answer when registering io.yardmaster.schemas.TaskReady under"
                        + " lane-value (" + url + ": cannot connect)");
        assertThat(reading(url))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("topic lane: schema registry gave no answer when looking up schema id 7 (" + url
                        + ": cannot connect)");
    }

    @ParameterizedTest
    @CsvSource({"500, 50001", "503, 503", "429, 42901", "401, 401", "403, 40301", "404, 404", "302, 0", "400, 400"})
    void anAnswerThatIsNoneSaysNothingAboutTheRecord(int status, int errorCode) {
        try (RegistryServer server = RegistryServer.answering(Answer.error(status, errorCode, "two\\nlines"))) {
            for (Throwable failure : new Throwable[] {writing(server.url()), reading(server.url())}) {
                assertThat(failure)
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining(server.url() + ": HTTP " + status)
                        .hasMessageContaining("lane");
                assertThat(failure.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    void aPageOfAnotherServerIsNoAnswer() {
        for (int status : new int[] {200, 404, 502}) {
            try (RegistryServer server = RegistryServer.answering(new Answer(status, "<html>hello</html>"))) {
                assertThat(reading(server.url())).isInstanceOf(RegistryUnavailableException.class);
                assertThat(writing(server.url())).isInstanceOf(RegistryUnavailableException.class);
            }
        }
    }

    @Test
    void anAnswerWithoutAnIdIsNoAnswer() {
        try (RegistryServer server = RegistryServer.answering(new Answer(200, "{}"))) {
            assertThat(writing(server.url()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("without an id");
        }
    }

    @Test
    void anUnknownIdMakesTheRecordUnreadable() {
        try (RegistryServer server = new RegistryServer()) {
            assertThat(reading(server.url()))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessage("topic lane: schema registry %s does not know schema id 7 (HTTP 404, Schema not found)"
                            .formatted(server.url()));
        }
    }

    @Test
    void aSchemaThatIsNotAvroMakesTheRecordUnreadable() {
        String protobuf = "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}";
        try (RegistryServer server = RegistryServer.answering(new Answer(200, protobuf))) {
            assertThat(reading(server.url()))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("schema id 7 is PROTOBUF, not Avro");
            for (String schema : new String[] {"", "{", "{\\\"type\\\":\\\"rec\\\"}"}) {
                server.replace(regular -> new Answer(200, "{\"schema\":\"" + schema + "\"}"));
                assertThat(reading(server.url()))
                        .isInstanceOf(UnreadableRecordException.class)
                        .hasMessageContaining("schema id 7 is no Avro schema");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"409, 409", "422, 42201"})
    void aRefusedSchemaIsNamedWithTheRegistrysReason(int status, int errorCode) {
        try (RegistryServer server = RegistryServer.answering(Answer.error(status, errorCode, "field attempt"))) {
            assertThat(writing(server.url()))
                    .isInstanceOf(IncompatibleSchemaException.class)
                    .hasMessage(("schema registry %s: registering io.yardmaster.schemas.TaskReady under lane-value was"
                                    + " refused (HTTP %d, field attempt)")
                            .formatted(server.url(), status));
        }
    }

    @Test
    void aSchemaThatIsNotThereIsNamedWithTheRegistrysReason() {
        try (RegistryServer server = new RegistryServer()) {
            AvroSerde<TaskReady> serde =
                    Samples.serde(Map.of("schema.registry.url", server.url(), "auto.register.schemas", "false"));

            assertThatThrownBy(() -> serde.serializer().serialize("lane", Samples.taskReady(1)))
                    .isInstanceOf(UnregisteredSchemaException.class)
                    .hasMessageContaining("lane-value (HTTP 404, Subject not found)");
        }
    }

    @Test
    void theNextAddressIsAskedAndKept() throws IOException {
        try (RegistryServer broken = RegistryServer.answering(Answer.error(500, 50001, "database"));
                RegistryServer good = new RegistryServer()) {
            AvroSerde<TaskReady> serde = Samples.serde(nobody() + ", " + broken.url() + ", " + good.url());

            serde.serializer().serialize("one", Samples.taskReady(1));
            serde.serializer().serialize("two", Samples.taskReady(1));

            assertThat(broken.requests).hasSize(1);
            assertThat(good.requests).hasSize(2);
        }
    }

    @Test
    void allAddressesAreNamedButNoCredentials() throws IOException {
        String away = nobody();
        try (RegistryServer denying = RegistryServer.answering(Answer.error(401, 401, "jane:secret is wrong"))) {
            Throwable failure = writing(away + "," + denying.url().replace("//", "//jane:secret@"));

            assertThat(failure)
                    .hasMessageContaining(
                            "(" + away + ": cannot connect; " + denying.url() + ": HTTP 401, access denied)");
            assertThat(failure).hasMessageNotContaining("secret");
        }
    }

    @Test
    void anAddressThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            AvroSerde<TaskReady> serde = Samples.serde(
                    Map.of("schema.registry.url", url, "http.read.timeout.ms", "50", "http.connect.timeout.ms", "50"));

            assertThatThrownBy(() -> serde.serializer().serialize("lane", Samples.taskReady(1)))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageMatching(".*" + url + ": no (answer|connection) within \\d+ ms.*");
        }
    }

    @Test
    void aRegistryThatComesBackIsUsed() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (RegistryServer server = new RegistryServer()) {
            server.replace(regular -> broken.get() ? Answer.error(503, 503, "starting") : regular);
            AvroSerde<TaskReady> serde = Samples.serde(server.url());
            assertThatThrownBy(() -> serde.serializer().serialize("lane", Samples.taskReady(1)))
                    .isInstanceOf(RegistryUnavailableException.class);

            broken.set(false);

            assertThat(serde.serializer().serialize("lane", Samples.taskReady(1)))
                    .startsWith(0, 0, 0, 0, 1);
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        try (RegistryServer server = new RegistryServer()) {
            Thread.currentThread().interrupt();

            assertThat(writing(server.url())).isInstanceOf(InterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
