package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Numbers of rules and decisions that the code and the documents mention are defined, each rule has a test, and links of documents lead
 * somewhere.
 */
class RulesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path RULES = ROOT.resolve("docs/rules.md");
    private static final Path GLOSSARY = ROOT.resolve("docs/glossary.md");
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");

    private static final Pattern DEFINED = Pattern.compile("(?m)^\\| ([SCOGLPR]\\d+) \\|");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern METHOD = Pattern.compile("\\b(?:[A-Z]\\d+_)+\\w+(?=\\s*\\()");
    private static final Pattern TEST = Pattern.compile("\\bvoid ((?:[A-Z]\\d+_)+)\\w+\\s*\\(");
    private static final Pattern RULE = Pattern.compile("(?<![\\w%])[SCOGLPR]\\d{1,2}(?![A-Za-z0-9])");
    private static final Pattern DECISION = Pattern.compile("(?i)\\bdecision[\\s*]+(\\d+)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|\\bsrc(?:set)?=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static Map<Path, String> sources;
    private static Map<Path, String> documents;

    @BeforeAll
    static void readEverything() {
        sources = sources();
        documents = documents();
    }

    @Test
    void numbersInNamesOfTestsAreDefined() {
        Map<Path, Set<String>> mentioned = new TreeMap<>();
        sources.forEach((file, text) -> found(METHOD, text).forEach(name -> {
            Set<String> rules = new HashSet<>(List.of(name.group().split("_", -1)));
            rules.removeIf(part -> !part.matches("[A-Z]\\d+"));
            mentioned.computeIfAbsent(file, key -> new HashSet<>()).addAll(rules);
        }));
        assertDefined(mentioned);
    }

    @Test
    void numbersInCommentsAndDocumentsAreDefined() {
        Map<Path, Set<String>> mentioned = new TreeMap<>();
        sources.forEach((file, text) -> mentioned.put(file, rules(comments(text))));
        documents.forEach((file, text) -> mentioned.put(file, rules(text)));
        // Cases give such names to tasks as well.
        mentioned.remove(RULES);
        assertDefined(mentioned);
    }

    @Test
    void everyRuleHasATestThatIsNamedAfterIt() {
        Set<String> tested = sources.values().stream()
                .flatMap(text -> found(TEST, text))
                .flatMap(name -> Stream.of(name.group(1).split("_", -1)))
                .collect(Collectors.toSet());
        assertThat(found(DEFINED, read(RULES)).map(rule -> rule.group(1)))
                .hasSizeGreaterThan(50)
                .isSubsetOf(tested);
    }

    private static void assertDefined(Map<Path, Set<String>> mentioned) {
        Set<String> defined =
                found(DEFINED, read(RULES)).map(rule -> rule.group(1)).collect(Collectors.toSet());
        assertThat(mentioned.values().stream().flatMap(Set::stream).distinct()).hasSizeGreaterThan(15);
        mentioned.forEach(
                (file, rules) -> assertThat(defined).as(file.toString()).containsAll(rules));
    }

    @Test
    void noRuleIsDefinedTwice() {
        assertThat(found(DEFINED, read(RULES)).map(rule -> rule.group(1))).doesNotHaveDuplicates();
    }

    @Test
    void decisionsThatAreMentionedExist() {
        Map<Path, String> texts = new TreeMap<>(documents);
        sources.forEach((file, text) -> texts.put(file, comments(text)));
        Set<Integer> existing = decisions().keySet();
        texts.forEach((file, text) -> assertThat(existing)
                .as(file.toString())
                .containsAll(found(DECISION, text)
                        .map(decision -> Integer.valueOf(decision.group(1)))
                        .toList()));
    }

    @Test
    void everyDecisionIsListedUnderItsHeading() {
        List<String> listed = new ArrayList<>();
        decisions().forEach((number, file) -> {
            String heading = read(file).lines().findFirst().orElseThrow();
            assertThat(heading).startsWith("# " + number + ". ");
            listed.add("| [%s](%s) | %s |".formatted(number, file.getFileName(), heading.split(" ", 3)[2]));
        });
        assertThat(read(DECISIONS.resolve("README.md")).lines()).containsSequence(listed);
    }

    @Test
    void linksOfDocumentsLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        documents.forEach((file, text) -> found(LINK, text)
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(target -> !target.contains("://") && !leadsSomewhere(file, target))
                .forEach(target -> broken.add(file + ": " + target)));
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path from, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
        return Files.exists(file) && (parts.length == 1 || headings(read(file)).contains(parts[1]));
    }

    /** As GitHub makes anchors of them. */
    private static Set<String> headings(String text) {
        return found(HEADING, withoutCode(text))
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyTermHasOneMeaningAndOnePlaceThatDefinesIt() {
        String defined = read(GLOSSARY);
        List<String[]> rows = defined.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| term"))
                .map(line -> line.split(" \\| ", -1))
                .toList();
        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(row).hasSize(3);
            assertThat(found(LINK, row[2])).as(row[0]).hasSize(1);
        });
        assertThat(rows).extracting(row -> row[0]).doesNotHaveDuplicates();
    }

    private static Set<String> rules(String text) {
        return found(RULE, text).map(MatchResult::group).collect(Collectors.toSet());
    }

    private static String comments(String source) {
        return found(COMMENT, source).map(MatchResult::group).collect(Collectors.joining("\n"));
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static Map<Integer, Path> decisions() {
        Map<Integer, Path> decisions = new TreeMap<>();
        for (Path file : files(DECISIONS, ".md")) {
            String name = file.getFileName().toString();
            if (name.matches("\\d{4}-.*")) {
                decisions.put(Integer.valueOf(name.substring(0, 4)), file);
            }
        }
        return decisions;
    }

    private static Map<Path, String> sources() {
        Map<Path, String> sources = new TreeMap<>();
        for (Path module : list(ROOT)) {
            if (Files.isDirectory(module.resolve("src"))) {
                files(module.resolve("src"), ".java").forEach(file -> sources.put(file, read(file)));
            }
        }
        assertThat(sources).hasSizeGreaterThan(500);
        return sources;
    }

    /** Without their blocks of code. */
    private static Map<Path, String> documents() {
        Map<Path, String> documents = new TreeMap<>();
        for (Path file : list(ROOT)) {
            if (file.toString().endsWith(".md")) {
                documents.put(file, withoutCode(read(file)));
            }
        }
        for (String folder : List.of("docs", "connectors", "compose", "examples")) {
            for (Path file : files(ROOT.resolve(folder), ".md")) {
                documents.put(file, withoutCode(read(file)));
            }
        }
        assertThat(documents).containsKeys(RULES, GLOSSARY, ROOT.resolve("README.md"));
        return documents;
    }

    private static String withoutCode(String text) {
        return CODE_BLOCK.matcher(text).replaceAll("");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String extension) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
