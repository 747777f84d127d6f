package io.yardmaster.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the manifests against the schemas that Kubernetes publishes, from which its Java client's models are
 * generated.
 */
class KubernetesManifestsTest {
    private static final Path FOLDER = Path.of("kubernetes");

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/Service", V1Service::validateJsonElement,
            "apps/v1/StatefulSet", V1StatefulSet::validateJsonElement,
            "apps/v1/DaemonSet", V1DaemonSet::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "batch/v1/Job", V1Job::validateJsonElement);

    /** Throws on a field that the schema lacks, on a missing field that it requires, and on a wrong type. */
    private interface Schema {
        void validate(JsonElement manifest) throws IOException;
    }

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void aManifestIsAsTheSchemaOfItsKindHasIt(Path file) throws IOException {
        assertThatCode(() -> validate(read(file))).as(file.toString()).doesNotThrowAnyException();
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveIsFound() throws IOException {
        ObjectNode manifest = read(FOLDER.resolve("statefulset.yaml"));
        ((ObjectNode) container(manifest).path("readinessProbe")).put("periodSecs", 5);
        assertThatThrownBy(() -> validate(manifest)).hasMessageContaining("periodSecs");
    }

    @Test
    void selectorsMatchThePodsLabels() throws IOException {
        JsonNode set = read(FOLDER.resolve("statefulset.yaml")).path("spec");
        JsonNode labels = set.path("template").path("metadata").path("labels");
        assertThat(set.path("selector").path("matchLabels")).isEqualTo(labels);
        assertThat(read(FOLDER.resolve("service.yaml")).path("spec").path("selector"))
                .isEqualTo(labels);
        assertThat(read(FOLDER.resolve("poddisruptionbudget.yaml"))
                        .path("spec")
                        .path("selector")
                        .path("matchLabels"))
                .isEqualTo(labels);
        assertThat(read(FOLDER.resolve("topics.yaml"))
                        .path("spec")
                        .path("template")
                        .path("metadata")
                        .path("labels"))
                .as("the selectors must not match a pod that only makes topics")
                .isNotEqualTo(labels);
    }

    /** An update must not start a host before the one of its name has ended, and a host has no port to ask. */
    @Test
    void aNodeHasOneHostAndNobodyProbesIt() throws IOException {
        JsonNode hosts = read(FOLDER.resolve("hosts/daemonset.yaml"));
        assertThat(hosts.path("spec").path("selector").path("matchLabels"))
                .isEqualTo(hosts.path("spec").path("template").path("metadata").path("labels"))
                .isNotEqualTo(read(FOLDER.resolve("statefulset.yaml"))
                        .path("spec")
                        .path("selector")
                        .path("matchLabels"));
        assertThat(hosts.path("spec")
                        .path("updateStrategy")
                        .path("rollingUpdate")
                        .path("maxSurge")
                        .asInt(-1))
                .isZero();
        assertThat(container(hosts).properties())
                .extracting(Map.Entry::getKey)
                .doesNotContain("startupProbe", "livenessProbe", "readinessProbe", "ports");
    }

    @Test
    void theImageIsTheOneOfThisVersion() throws IOException {
        for (String file : List.of("statefulset.yaml", "topics.yaml", "hosts/daemonset.yaml")) {
            assertThat(container(read(FOLDER.resolve(file))).path("image").asText())
                    .isEqualTo("yardmaster:" + System.getProperty("project.version"));
        }
    }

    /** The manifests allow a start to wait for Kafka and for state, however long that takes. */
    @Test
    void onlyReadinessAsksWhetherItIsReady() throws IOException {
        JsonNode container = container(read(FOLDER.resolve("statefulset.yaml")));
        assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe"))
                .extracting(probe ->
                        container.path(probe).path("httpGet").path("path").asText())
                .containsExactly("/health/live", "/health/live", "/health/ready");
        assertThat(Path.of("Dockerfile"))
                .content()
                .contains("\"/health/live\"]")
                .doesNotContain("/health/ready");
    }

    private static JsonNode container(JsonNode manifest) {
        return manifest.path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0);
    }

    private static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(file.toFile());
    }

    private static void validate(JsonNode manifest) throws IOException {
        String kind = manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
        assertThat(SCHEMAS).containsKey(kind);
        SCHEMAS.get(kind).validate(JsonParser.parseString(manifest.toString()));
    }
}
