package io.yardmaster.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is ever shown, even at the most verbose log level. All secrets hold the same mark. */
class SecretsIT {
    private static final String MARK = SecureKafka.SECRET;
    private static final String LOGGING =
            """
            <configuration>
              <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%d %-5level %logger: %msg%n%ex</pattern></encoder>
              </appender>
              <logger name="io.yardmaster" level="DEBUG"/>
              <root level="INFO"><appender-ref ref="STDERR"/></root>
            </configuration>
            """;
    /** Secrets of every kind; none of them is used for anything here. */
    private static final Map<String, String> SECRETS = Map.ofEntries(
            Map.entry("kafka.ssl.key.password", MARK),
            Map.entry("kafka.ssl.keystore.password", MARK),
            Map.entry("kafka.ssl.truststore.password", MARK),
            Map.entry("kafka.producer.ssl.key.password", MARK),
            Map.entry("kafka.main.consumer.sasl.oauthbearer.client.credentials.client.secret", MARK),
            Map.entry("kafka.sasl.oauthbearer.client.credentials.client.secret", MARK),
            Map.entry("basic.auth.user.info", "me:" + MARK),
            Map.entry("schema.registry.basic.auth.user.info", "me:" + MARK),
            Map.entry("schema.registry.ssl.truststore.password", MARK));

    @TempDir
    Path directory;

    @Test
    void notByDescribe() throws IOException {
        Map<String, String> settings = new HashMap<>(SECRETS);
        settings.put("kafka.sasl.jaas.config", "x.Login required username=\"u\" password=\"" + MARK + "\";");
        settings.put("kafka.producer.sasl.jaas.config", "x.Login required password='" + MARK + "';");
        settings.put("schema.registry.url", "https://me:" + MARK + "@one:1,https://me:a@" + MARK + "/b@two:2");
        settings.put("schema.registry.ssl.truststore.location", trustStore().toString());
        CommandLineRun run = CommandLineRun.of("describe", "--verbose", "--config=" + file(settings));
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout() + run.stderr())
                .contains("kafka.sasl.jaas.config")
                .doesNotContain(MARK);
    }

    @Test
    void notWhereSettingsAreRefused() throws IOException {
        assertRefusedWithoutASecret("kafka.sasl.jaas.config", MARK);
        assertRefusedWithoutASecret("kafka.sasl.jaas.config", "x.Login required password=" + MARK);
        assertRefusedWithoutASecret("schema.registry.url", "ftp://me:" + MARK + "@host");
        assertRefusedWithoutASecret("schema.registry.url", "http://me:" + MARK + "%@host");
        assertRefusedWithoutASecret("kafka.bootstrap.servers", "sasl://me:" + MARK + "@host:9092");
        assertRefusedWithoutASecret("kafka.ssl.keystore.key", MARK);
    }

    private void assertRefusedWithoutASecret(String key, String value) throws IOException {
        Map<String, String> settings = new HashMap<>(SECRETS);
        settings.put("kafka.bootstrap.servers", "127.0.0.1:1");
        settings.put("kafka.security.protocol", "SASL_SSL");
        settings.put("kafka.sasl.mechanism", "SCRAM-SHA-256");
        settings.put("kafka.default.api.timeout.ms", "1000");
        settings.put("kafka.request.timeout.ms", "500");
        settings.put("schema.registry.url", "https://me:" + MARK + "@127.0.0.1:1");
        settings.put("schema.registry.ssl.truststore.location", trustStore().toString());
        settings.put("http.listen", "127.0.0.1:0");
        settings.put(key, value);
        CommandLineRun run = CommandLineRun.of("serve", "--verbose", "--config=" + file(settings));
        assertThat(run.exitCode()).isPositive();
        assertThat(run.stdout() + run.stderr()).contains("yardmaster: ").doesNotContain(MARK);
    }

    @Test
    void notWhereAllIsWellNorWhereTheRegistryIsAway() throws Exception {
        try (SecureKafka kafka = SecureKafka.start(directory, List.of());
                HttpService registry = HttpService.start(new HostPort("127.0.0.1", 0))) {
            registry.mount(
                    "registry",
                    RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                    RegistryApi.CONTENT_TYPE);
            Map<String, String> settings = new HashMap<>(SECRETS);
            settings.keySet().removeIf(key -> key.contains("store"));
            kafka.clientSettings(SecureKafka.ADMIN).forEach((key, value) -> settings.put("kafka." + key, value));
            settings.put("http.listen", "127.0.0.1:0");
            settings.put("state.dir", directory.resolve("state").toString());
            settings.put("schema.registry.url", "http://me:" + MARK + "@127.0.0.1:" + registry.port() + "/registry");
            CommandLineRun topics = CommandLineRun.of("topics", "create", "--config=" + file(settings));
            assertThat(topics.stderr()).isEmpty();

            try (ServeProcess serve = serve(settings)) {
                serve.awaitReady();
                serve.stop();
                assertThat(serve.stderr()).contains("StreamsConfig values").contains("ssl.key.password = [hidden]");
                assertThat(serve.stdout() + serve.stderr()).doesNotContain(MARK);
            }
            settings.put("schema.registry.url", "http://me:" + MARK + "@127.0.0.1:1");
            try (ServeProcess serve = serve(settings)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> serve.stderr()
                        .contains("trying again: the scheduler cannot start: schema registry"));
                assertThat(serve.stop()).isZero();
                assertThat(serve.stdout() + serve.stderr()).doesNotContain(MARK);
            }
        }
    }

    /** A truststore that trusts nobody. */
    private Path trustStore() throws IOException {
        Path file = directory.resolve("trusted.p12");
        try (var out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.store(out, MARK.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return file;
    }

    private ServeProcess serve(Map<String, String> settings) throws IOException {
        Path logging = Files.writeString(directory.resolve("logback.xml"), LOGGING);
        return ServeProcess.start(
                directory,
                List.of("-Dlogback.configurationFile=" + logging),
                "--verbose",
                "--config=" + file(settings));
    }

    private Path file(Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = Files.createTempFile(directory, "settings", ".properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }
}
