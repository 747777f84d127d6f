package io.yardmaster.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the compose file without a daemon. */
class ComposeFilesTest {
    private static final Path FILE = Path.of("docker-compose.yml");
    private static final Path HOSTS = Path.of("hosts.yml");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)}");

    @Test
    void composeFindsNothingWrong() throws Exception {
        assumeTrue(Compose.isInstalled(), "neither 'docker compose' nor docker-compose is installed");
        assertThat(Compose.here().run("config", "--quiet")).isBlank();
        assertThat(Compose.here().run("--file", FILE.toString(), "--file", HOSTS.toString(), "config", "--quiet"))
                .isBlank();
    }

    @Test
    void everyVariableHasAValueAndEveryValueIsUsed() throws IOException {
        String text = Files.readString(FILE);
        assertThat(VARIABLE.matcher(text).results().map(found -> found.group(1)).distinct())
                .containsExactlyInAnyOrderElementsOf(DotEnv.read().stringPropertyNames());
    }

    @Test
    void hostsGetTheSameTopicsAndTheirOwnAndNoHealthCheckOverHttp() throws IOException {
        String text = Files.readString(HOSTS);
        assertThat(VARIABLE.matcher(text).results().map(found -> found.group(1)))
                .isNotEmpty()
                .isSubsetOf(DotEnv.read().stringPropertyNames());
        JsonNode services = new YAMLMapper().readTree(text).path("services");
        List<String> topics = new ArrayList<>(command(new YAMLMapper().readTree(FILE.toFile()), "topics"));
        topics.add("--hosts");
        assertThat(command(new YAMLMapper().readTree(text), "topics")).isEqualTo(topics);
        assertThat(List.of("host-1", "host-2")).allSatisfy(host -> {
            assertThat(services.path(host).path("hostname").asText()).isEqualTo(host);
            assertThat(command(new YAMLMapper().readTree(text), host)).contains("--host=" + host);
        });
        assertThat(text).contains("healthcheck: {disable: true}");
    }

    private static List<String> command(JsonNode file, String service) {
        List<String> words = new ArrayList<>();
        file.path("services").path(service).path("command").forEach(word -> words.add(word.asText()));
        return words;
    }

    @Test
    void imagesArePinnedToTheVersionsThatAreTested() throws IOException {
        Properties env = DotEnv.read();
        String version = System.getProperty("project.version");
        assertThat(env.getProperty("KAFKA_IMAGE")).isEqualTo("apache/kafka:" + System.getProperty("kafka.version"));
        assertThat(env.getProperty("REGISTRY_IMAGE"))
                .isEqualTo("apicurio/apicurio-registry:" + System.getProperty("apicurio.version"));
        assertThat(List.of("YARDMASTER_IMAGE", "CONNECT_IMAGE", "WORKER_IMAGE"))
                .allSatisfy(image -> assertThat(env.getProperty(image)).endsWith(":" + version));
        assertThat(env.stringPropertyNames())
                .filteredOn(name -> name.endsWith("_IMAGE"))
                .allSatisfy(image -> assertThat(env.getProperty(image))
                        .containsPattern(":v?\\d")
                        .doesNotEndWith("latest"));
    }

    @Test
    void theImageIsMadeOnTheSameWithAndWithoutCompose() throws IOException {
        assertThat(Path.of("Dockerfile"))
                .content()
                .contains("\nARG JRE=" + DotEnv.read().getProperty("JRE_IMAGE") + "\n")
                .contains("\nARG POSTGRES=" + DotEnv.read().getProperty("POSTGRES_IMAGE") + "\n");
    }

    @Test
    void eachLongRunningServiceHasAHealthCheck() throws IOException {
        List<String> silent = new ArrayList<>();
        JsonNode services = new YAMLMapper().readTree(FILE.toFile()).path("services");
        services.properties().forEach(service -> {
            boolean runsOn = !service.getValue().path("restart").asText().equals("no");
            boolean ours = service.getValue().path("image").asText().matches("\\$\\{(YARDMASTER|CONNECT|WORKER)_IMAGE}")
                    || service.getKey().matches("(scheduler|worker|kafka)-\\d");
            if (runsOn && !ours && !service.getValue().has("healthcheck")) {
                silent.add(service.getKey());
            }
        });
        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"storage, cdc", "results, results"})
    void theConnectorIsTheDocumentedOneButForItsAddresses(String name, String documentation) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode documented =
                (ObjectNode) json.readTree(Path.of("../connectors/config/postgresql-%s.json".formatted(documentation))
                        .toFile());
        ObjectNode here = (ObjectNode)
                json.readTree(Path.of("connect/%s.json".formatted(name)).toFile());
        List<String> addresses = List.of(
                "database.hostname",
                "value.converter.schema.registry.url",
                "yardmaster.database.url",
                "yardmaster.kafka.bootstrap.servers",
                "schema.registry.url");
        assertThat(here.remove(addresses)).isEqualTo(documented.remove(addresses));
    }
}
