package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each SBOM names every third-party file of its distribution. */
class SbomIT {
    private static final Path APP = Path.of("target", "yardmaster");
    private static final Path CONNECT = Path.of("..", "connectors", "target", "connect");
    private static final String STALE = "jars (only mvn clean deletes those of older versions)";
    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

    @Test
    void thatOfTheAppNamesEveryJarAndEachScriptOfTheConsole() throws IOException {
        List<String> named = new ArrayList<>(namedIn(APP.resolve("yardmaster.cdx.json")));
        named.addAll(namedIn(APP.resolve("yardmaster-console.cdx.json")));

        assertThat(jarsIn(APP.resolve("lib"))).as(STALE).isNotEmpty().isSubsetOf(named);
        assertThat(filesIn(Path.of("target/classes/io/yardmaster/app/console/vendor")))
                .isNotEmpty()
                .allSatisfy(script -> assertThat(named).anyMatch(name -> name.startsWith(script + "-")));
    }

    @Test
    void theScriptThatIsInTheSourceTreeIsTheOneThatIsNamed() throws IOException, NoSuchAlgorithmException {
        Path vendor = Path.of("target/classes/io/yardmaster/app/console/vendor/dagre");
        byte[] script = Files.readAllBytes(vendor.resolve("dagre.esm.js"));
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
        JsonNode named = new ObjectMapper()
                .readTree(APP.resolve("yardmaster-console.cdx.json").toFile())
                .path("components")
                .path(0);
        assertThat(named.path("name").asText()).isEqualTo("dagre");
        assertThat(named.path("hashes").path(0).path("content").asText()).isEqualTo(hash);
        assertThat(new String(script, StandardCharsets.UTF_8))
                .contains('"' + named.path("version").asText() + '"');
        assertThat(vendor.resolve("LICENSE")).content().contains("Permission is hereby granted, free of charge");
    }

    @Test
    void thatOfTheConnectWorkerNamesEveryJarAndPlugIn() throws IOException {
        List<String> named = namedIn(CONNECT.resolve("yardmaster-connect.cdx.json"));

        assertThat(jarsIn(CONNECT.resolve("lib"))).as(STALE).isNotEmpty().isSubsetOf(named);
        assertThat(jarsIn(CONNECT.resolve("plugins/yardmaster")))
                .as(STALE)
                .isNotEmpty()
                .isSubsetOf(named);
        assertThat(filesIn(CONNECT.resolve("plugins")))
                .contains("yardmaster")
                .hasSizeGreaterThan(1)
                .filteredOn(plugIn -> !plugIn.equals("yardmaster"))
                .allSatisfy(plugIn -> assertThat(named).anyMatch(name -> name.startsWith(plugIn + "-")));
    }

    private static List<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> jarsIn(Path directory) throws IOException {
        return filesIn(directory).stream().filter(name -> name.endsWith(".jar")).toList();
    }

    /** The file names of the distribution itself and of its components, as Maven makes them. */
    private static List<String> namedIn(Path sbom) throws IOException {
        JsonNode root = new ObjectMapper().readTree(sbom.toFile());
        List<String> named = new ArrayList<>();
        named.add(fileOf(root.path("metadata").path("component")));
        root.path("components").forEach(component -> named.add(fileOf(component)));
        return named;
    }

    private static String fileOf(JsonNode component) {
        Matcher classifier = CLASSIFIER.matcher(component.path("purl").asText());
        String suffix = classifier.find() ? "-" + classifier.group(1) : "";
        return component.path("name").asText() + "-" + component.path("version").asText() + suffix + ".jar";
    }
}
