package io.yardmaster.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in bin/ and in the image, with a Java and a Maven that only print their arguments. */
class StartScriptsTest {
    private static final Path ROOT = Path.of("..");
    private static final String JAVA =
            """
            #!/bin/sh
            [ "$1" != -version ] || { echo 'openjdk version "17.0.1"' >&2; exit; }
            { printf '%s\\n' "$@"; echo "charmap=$(locale charmap 2>/dev/null)"; } >"$SAID.new"
            mv "$SAID.new" "$SAID"
            [ -z "${STAY:-}" ] || sleep 60
            """;
    private static final String MAVEN =
            """
            #!/bin/sh
            echo "$@" >>"$SAID.mvn"
            cd %s
            mkdir -p connectors/config connectors/ddl
            make() {
                mkdir -p "$2"
                date +%%N >"$2/yardmaster-$1-1.jar"
                cp -n "$2/yardmaster-$1-1.jar" "$2/other-1.jar"
            }
            make app app/target/unchecked/yardmaster/lib
            make bench bench/target/unchecked/yardmaster-bench/lib
            make connectors connectors/target/unchecked/connect/lib
            """;

    @TempDir
    Path temp;

    private Path home;
    private ScriptRun scripts;

    @BeforeEach
    void makeASite() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        copy(ROOT.resolve("bin"), home.resolve("bin"));
        copy(ROOT.resolve("bin/lib"), temp.resolve("image/lib/yardmaster"));
        copy(ROOT.resolve("compose/image"), temp.resolve("image/bin"));
        source("pom.xml");
        source("app/pom.xml");
        source("app/src/main/java/A.java");
        source("connectors/config/worker.properties");
        script(temp.resolve("jdk/bin/java"), JAVA);
        script(temp.resolve("tools/mvn"), MAVEN.formatted(home));
        scripts = new ScriptRun(temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/bin/yardmaster", "image/bin/yardmaster", "image/bin/yardmaster-connect"})
    void theScriptSetsDefaultsThatTheUsersVariablesLack(String script) throws Exception {
        assertThat(scripts.java(script, Map.of()))
                .contains("-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError", "-XX:PerfDataSamplingInterval=1000")
                .containsAnyOf("-Xmx1g", "-XX:MaxRAMPercentage=50", "-XX:MaxRAMPercentage=60");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -XX:+UseG1GC, -XX:+UseParallelGC",
        "JDK_JAVA_OPTIONS, -Da=b -XX:+UseZGC, -XX:+UseParallelGC",
        "_JAVA_OPTIONS, -XX:+UseSerialGC, -XX:+UseParallelGC",
        "YARDMASTER_JAVA_OPTS, '-XX:+UseShenandoahGC -Da=b', -XX:+UseParallelGC",
        "JDK_JAVA_OPTIONS, @options, -XX:+UseParallelGC",
        "JAVA_TOOL_OPTIONS, -Xmx2g, -Xmx1g",
        "JDK_JAVA_OPTIONS, -XX:MaxRAMPercentage=30, -Xmx1g",
        "JAVA_TOOL_OPTIONS, -Xms2g, -Xmx1g",
        "JDK_JAVA_OPTIONS, '\"-XX:MaxHeapSize=2g\"', -Xmx1g",
        "JAVA_TOOL_OPTIONS, -XX:-ExitOnOutOfMemoryError, -XX:+ExitOnOutOfMemoryError",
        "JAVA_TOOL_OPTIONS, -XX:-UsePerfData, -XX:PerfDataSamplingInterval=1000",
    })
    void aDefaultYieldsToTheUsersVariables(String variable, String value, String theDefault) throws Exception {
        Files.writeString(temp.resolve("options"), "# a comment\n-XX:+UseG1GC\n");
        String given = value.replace("@options", "@" + temp.resolve("options"));

        assertThat(scripts.java("home/bin/yardmaster", Map.of(variable, given))).doesNotContain(theDefault);
        assertThat(scripts.java("image/bin/yardmaster", Map.of(variable, given)))
                .doesNotContain(theDefault.equals("-Xmx1g") ? "-XX:MaxRAMPercentage=50" : theDefault);
        assertThat(scripts.java("home/bin/yardmaster-connect", Map.of(variable, given)))
                .doesNotContain(theDefault);
        assertThat(scripts.java("image/bin/yardmaster-connect", Map.of(variable, given)))
                .doesNotContain(theDefault.equals("-Xmx1g") ? "-XX:MaxRAMPercentage=60" : theDefault);
    }

    /** Kafka Connect does not set the locale itself, as {@code main} does here. */
    @ParameterizedTest
    @ValueSource(strings = {"home/bin/yardmaster-connect", "image/bin/yardmaster-connect"})
    void aWorkerHasOneLanguageWhateverTheMachineHas(String script) throws Exception {
        List<String> options = scripts.java(script, Map.of("YARDMASTER_JAVA_OPTS", "-Duser.language=fa"));
        for (String what : List.of("", ".format", ".display")) {
            assertThat(options)
                    .contains("-Duser.country" + what + "=US", "-Duser.script" + what + "=")
                    .containsSubsequence("-Duser.language=fa", "-Duser.language" + what + "=en");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseNUMA -XX:MaxGCPauseMillis=100", "-XX:+UseCompressedOops", "-Dx=-Xmx2g"})
    void otherOptionsChangeNoDefault(String options) throws Exception {
        assertThat(scripts.java("home/bin/yardmaster", Map.of("JAVA_TOOL_OPTIONS", options)))
                .contains("-XX:+UseParallelGC", "-Xmx1g");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -XX:+UseG1GC",
        "JDK_JAVA_OPTIONS, -XX:+UseZGC",
        "JAVA_TOOL_OPTIONS, -Xms2g",
        "YARDMASTER_JAVA_OPTS, -XX:+UseSerialGC"
    })
    void aRealJavaStartsWithThem(String variable, String value) throws Exception {
        List<String> options = scripts.java("home/bin/yardmaster", Map.of(variable, value)).stream()
                .takeWhile(option -> !option.equals("-jar"))
                .toList();
        ProcessBuilder real = new ProcessBuilder(Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin/java")
                                .toString()),
                        Stream.concat(options.stream(), Stream.of("-version")))
                .toList());
        if (!variable.startsWith("YARDMASTER")) {
            real.environment().put(variable, value);
        }
        assertThat(real.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/bin/yardmaster", "image/bin/yardmaster", "image/bin/yardmaster-connect"})
    void aLocaleThatHasOnlyAsciiIsReplaced(String script) throws Exception {
        assertThat(scripts.java(script, Map.of("LC_ALL", "C"))).contains("charmap=UTF-8");
        assertThat(scripts.java(script, Map.of("LANG", "no_SUCH.UTF-8"))).contains("charmap=UTF-8");
        assertThat(scripts.java(script, Map.of())).as("as cron starts it").contains("charmap=UTF-8");
    }

    @Test
    void onlyWhatRunsIsBuiltAndOnlyWhenTheSourcesChanged() throws Exception {
        scripts.java("home/bin/yardmaster", Map.of());
        scripts.java("home/bin/yardmaster", Map.of());
        assertThat(scripts.builds())
                .singleElement()
                .asString()
                .contains("-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "-Dunchecked");
        change("app/src/main/java/A.java");
        scripts.java("home/bin/yardmaster", Map.of());
        assertThat(scripts.builds()).hasSize(2);
    }

    /** The benchmarks know all modules, and nobody needs to build them in order to schedule. */
    @ParameterizedTest
    @CsvSource({"yardmaster,1", "yardmaster-connect,1", "yardmaster-bench,2"})
    void aChangeOfTheBenchmarksConcernsTheirOwnScriptAlone(String script, int builds) throws Exception {
        source("bench/src/main/java/B.java");
        scripts.java("home/bin/" + script, Map.of());
        change("bench/src/main/java/B.java");
        scripts.java("home/bin/" + script, Map.of());
        assertThat(scripts.builds()).hasSize(builds);
        change("app/src/main/java/A.java");
        scripts.java("home/bin/" + script, Map.of());
        assertThat(scripts.builds()).hasSize(builds + 1);
    }

    @Test
    void aBuildLeavesTheJarsOfAProcessThatRunsAsTheyAreAndIsDeletedWhenNoneDoes() throws Exception {
        Process running = scripts.start("home/bin/yardmaster", Map.of("STAY", "yes"));
        try {
            Path jar = scripts.awaitJar();
            String before = Files.readString(jar);
            for (int i = 0; i < 4; i++) {
                change("app/src/main/java/A.java");
                Path other = ScriptRun.jar(scripts.java("home/bin/yardmaster", Map.of()));
                assertThat(other).isNotEqualTo(jar);
                assertThat(Files.readString(other)).isNotEqualTo(before);
            }
            assertThat(scripts.builds()).hasSize(5);
            assertThat(jar).content().isEqualTo(before);
            assertThat(jar.resolveSibling("other-1.jar")).exists();
            assertThat(buildDirectories())
                    .as("the newest, the one before it, the one that is used")
                    .hasSize(3);
        } finally {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().waitFor();
        }
        change("app/src/main/java/A.java");
        scripts.java("home/bin/yardmaster", Map.of());
        assertThat(buildDirectories()).hasSize(2);
    }

    @Test
    void twoThatFindTheSourcesChangedBuildOnce() throws Exception {
        script(temp.resolve("tools/mvn"), MAVEN.formatted(home) + "sleep 1\n");
        Process first = scripts.start("home/bin/yardmaster", Map.of());
        Process second = scripts.start("home/bin/yardmaster", Map.of());
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(scripts.builds()).hasSize(1);
    }

    @Test
    void aBuildThatFailsIsOneLineAndLeavesNothing() throws Exception {
        script(temp.resolve("tools/mvn"), "#!/bin/sh\nexit 1\n");
        ScriptRun.Ended ended = scripts.end("home/bin/yardmaster", Map.of());
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).endsWith("yardmaster: the build failed, see above\n");
        assertThat(buildDirectories()).isEmpty();
        assertThat(home.resolve(".builds/lock")).doesNotExist();
    }

    @Test
    void theLockOfAScriptThatWasKilledHoldsUpNobody() throws Exception {
        Files.createDirectories(home.resolve(".builds"));
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createSymbolicLink(home.resolve(".builds/lock"), Path.of(Long.toString(ended.pid())));
        await().until(() -> !scripts.java("home/bin/yardmaster", Map.of()).isEmpty());
    }

    private List<Path> buildDirectories() throws IOException {
        try (Stream<Path> builds = Files.list(home.resolve(".builds"))) {
            return builds.filter(Files::isDirectory).toList();
        }
    }

    private void source(String name) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    /** Changes a file in the next second, as a clock may be coarse. */
    private void change(String name) throws IOException {
        Path begun = home.resolve(name);
        Files.setLastModifiedTime(begun, FileTime.from(Instant.now().plusSeconds(1)));
        await().until(() -> Files.getLastModifiedTime(begun).toInstant().isBefore(Instant.now()));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
