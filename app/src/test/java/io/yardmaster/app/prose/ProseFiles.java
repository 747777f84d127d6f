package io.yardmaster.app.prose;

import io.yardmaster.app.prose.Passage.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The passages of all files that people read: sources, documents, and the descriptions in schemas, the API and the dashboard. */
final class ProseFiles {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path TESTS = Path.of("src", "test");

    private ProseFiles() {}

    static Map<Path, List<Passage>> read() throws IOException {
        Map<Path, List<Passage>> passages = new TreeMap<>();
        for (Path file : files()) {
            passages.put(ROOT.relativize(file), passages(file));
        }
        return passages;
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(ROOT)) {
            for (Path entry : entries.toList()) {
                if (entry.toString().endsWith(".md")) {
                    files.add(entry);
                } else if (Files.isDirectory(entry.resolve("src"))) {
                    addTo(files, entry.resolve("src"), ".java");
                }
            }
        }
        for (String folder : List.of("docs", "compose", "connectors", "examples")) {
            addTo(files, ROOT.resolve(folder), ".md");
        }
        addTo(files, ROOT.resolve("schemas/src/main/avro"), ".avsc");
        addTo(files, ROOT.resolve("app/src/main/resources"), "openapi.yaml");
        addTo(files, ROOT.resolve("docs"), ".json");
        addTo(files, ROOT.resolve("compose/grafana"), ".json");
        addTo(files, ROOT.resolve("compose/prometheus"), "alerts.yml");
        return files;
    }

    private static void addTo(List<Path> files, Path folder, String end) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            below.filter(file ->
                            file.toString().endsWith(end) && !file.toString().contains("/target/"))
                    .forEach(files::add);
        }
    }

    private static List<Passage> passages(Path file) throws IOException {
        String name = file.toString();
        if (name.endsWith(".java")) {
            List<Passage> passages = JavaPassages.of(Files.readString(file));
            return isOfTests(file)
                    ? passages.stream()
                            .filter(passage -> passage.kind() != Kind.LITERAL && passage.kind() != Kind.LITERAL_IN_LIST)
                            .toList()
                    : passages;
        }
        List<String> lines = Files.readAllLines(file);
        if (name.endsWith(".md")) {
            return MarkdownPassages.of(lines);
        }
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? DescriptionPassages.ofYaml(lines)
                : DescriptionPassages.ofJson(lines);
    }

    /** Literals of tests are input, as often as not bad input, and not read. */
    private static boolean isOfTests(Path file) {
        return ROOT.relativize(file).subpath(1, 3).equals(TESTS);
    }
}
