package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that speaks TLS, with certificates that Java does not trust by itself. */
class RegistryTlsTest {
    private static final String SSL = "schema.registry.ssl.";

    @TempDir
    static Path directory;

    private static KeyFiles ofServer;
    private static KeyFiles ofClient;

    @BeforeAll
    static void makeKeys() throws Exception {
        ofServer = KeyFiles.make(directory, "server", "ip:127.0.0.1");
        ofClient = KeyFiles.make(directory, "client", "dns:client");
    }

    private static RegistryServer server(boolean needsClient) throws Exception {
        return RegistryServer.encrypted(ofServer.trusting(ofClient), needsClient);
    }

    private static Map<String, String> trusting(String url) {
        return new HashMap<>(Map.of(
                "schema.registry.url",
                url,
                SSL + "truststore.type",
                "PEM",
                SSL + "truststore.location",
                ofServer.certificate().toString()));
    }

    private static Map<String, String> withKey(Map<String, String> settings) {
        settings.put(SSL + "keystore.location", ofClient.store().toString());
        settings.put(SSL + "keystore.type", "PKCS12");
        settings.put(SSL + "keystore.password", KeyFiles.PASSWORD);
        return settings;
    }

    private static byte[] write(Map<String, String> settings) {
        return Samples.serde(settings).serializer().serialize("t", Samples.taskReady(1));
    }

    @Test
    void aRegistryWhoseCertificateIsTrustedIsUsedOverTls() throws Exception {
        try (RegistryServer server = server(false)) {
            byte[] written = write(trusting(server.url()));
            assertThat(Samples.serde(trusting(server.url())).deserializer().deserialize("t", written))
                    .isEqualTo(Samples.taskReady(1));
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void theTrustedCertificateMayStandInTheSettingsThemselves() throws Exception {
        try (RegistryServer server = server(false)) {
            Map<String, String> settings = trusting(server.url());
            settings.remove(SSL + "truststore.location");
            settings.put(SSL + "truststore.certificates", Files.readString(ofServer.certificate()));
            assertThat(write(settings)).isNotEmpty();
        }
    }

    @Test
    void aRegistryWhoseCertificateIsNotTrustedIsNotAsked() throws Exception {
        try (RegistryServer server = server(false)) {
            assertThatThrownBy(() -> write(Map.of("schema.registry.url", server.url())))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no TLS (")
                    .hasMessageNotContaining("\n");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aRegistryWithTheCertificateOfAnotherNameIsNotAsked() throws Exception {
        try (RegistryServer server = server(false)) {
            assertThatThrownBy(() -> write(trusting(server.url().replace("127.0.0.1", "localhost"))))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("localhost");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aRegistryThatAuthenticatesItsClientsGetsTheConfiguredKey() throws Exception {
        try (RegistryServer server = server(true)) {
            assertThatThrownBy(() -> write(trusting(server.url()))).isInstanceOf(RegistryUnavailableException.class);
            assertThat(server.requests).isEmpty();

            assertThat(write(withKey(trusting(server.url())))).isNotEmpty();
        }
    }

    @Test
    void configuredProtocolsAndCiphersAreUsed() throws Exception {
        try (RegistryServer server = server(false)) {
            Map<String, String> settings = trusting(server.url());
            settings.put(SSL + "enabled.protocols", "TLSv1.2");
            settings.put(SSL + "cipher.suites", "TLS_AES_128_GCM_SHA256");
            assertThatThrownBy(() -> write(settings))
                    .as("a cipher of another protocol")
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no TLS (");

            settings.put(SSL + "enabled.protocols", "TLSv1.3");
            assertThat(write(settings)).isNotEmpty();
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertRefused(
                Map.of(SSL + "truststore.location", "/no/such.p12"),
                "schema.registry.ssl.truststore.location=/no/such.p12: no such file");
        assertRefused(
                Map.of(SSL + "keystore.location", "/no/such.p12"),
                "schema.registry.ssl.keystore.location=/no/such.p12: no such file");
    }

    @Test
    void aStoreThatCannotBeOpenedIsRefusedInOneLineWithoutPasswords() {
        Map<String, String> settings = withKey(new HashMap<>());
        settings.put(SSL + "keystore.password", "hunter2");
        assertRefused(settings, "schema.registry.ssl.*: ", ofClient.store().toString(), "password");
        settings.put(SSL + "keystore.type", "nonsense");
        assertRefused(settings, "schema.registry.ssl.*: ", "nonsense");
    }

    @Test
    void settingsWithoutEffectAreRefused() {
        assertRefused(
                Map.of(SSL + "trustore.location", "x"),
                "unknown setting schema.registry.ssl.trustore.location: the nearest known one is"
                        + " schema.registry.ssl.truststore.location");
        assertRefused(Map.of("schema.registry.nonsense", "x"), "unknown setting schema.registry.nonsense");
        assertRefused(Map.of("basic.auth.user", "x"), "unknown setting basic.auth.user");
        assertRefused(
                Map.of(SSL + "engine.factory.class", "x.Y"),
                "unknown setting schema.registry.ssl.engine.factory.class");
        assertRefused(
                Map.of(SSL + "endpoint.identification.algorithm", ""),
                "schema.registry.ssl.endpoint.identification.algorithm=: must be https");
        assertThatThrownBy(() -> Samples.serde(trusting("http://127.0.0.1:1")))
                .hasMessage("schema.registry.ssl.* is set, but no address of schema.registry.url begins with https://");
    }

    private static void assertRefused(Map<String, String> more, String... parts) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("schema.registry.url", "https://127.0.0.1:1");
        assertThatThrownBy(() -> Samples.serde(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContainingAny("hunter2", "\n");
    }
}
