package io.yardmaster.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.embedded.connect.FreePort;
import io.yardmaster.embedded.connect.MariaDbServer;
import io.yardmaster.embedded.connect.NoBinariesException;
import io.yardmaster.embedded.connect.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The twelve commands of the guide in {@code connectors/README.md} lead from an empty database to a row about the task's end. */
class GuideIT {
    /** Seven JVMs start one after the other, a Connect worker among them. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theTwelveCommandsLeadToARowInPostgres() throws Exception {
        try (PostgresServer postgres = orSkip(() -> PostgresServer.start(directory.resolve("postgres")))) {
            ProcessBuilder shell = shell(0, "postgresql", postgres, Map.of());
            if (!isThere("psql")) {
                Psql.install(
                        directory.resolve("bin"),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
                addToPath(shell, directory.resolve("bin"));
            }
            run(shell, "1|0|SUCCEEDED");
        }
    }

    @Test
    void theTwelveCommandsLeadToARowInMariaDb() throws Exception {
        try (MariaDbServer mariaDb = orSkip(() -> MariaDbServer.start(directory.resolve("mariadb")))) {
            Map<String, String> login =
                    Map.of("-u root", "-u " + mariaDb.user(), "MYSQL_PWD=root", "MYSQL_PWD=" + mariaDb.password());
            ProcessBuilder shell = shell(1, "mariadb", mariaDb, login);
            addToPath(shell, mariaDb.programs());
            run(shell, "1\t0\tSUCCEEDED");
        }
    }

    /** So that the time limit has no build in it. */
    private void build() throws Exception {
        ProcessBuilder version =
                new ProcessBuilder(ROOT.resolve("bin/yardmaster").toString(), "--version").directory(ROOT.toFile());
        try (CommandProcess build =
                CommandProcess.start(CommandProcess.quickStart(version), directory.resolve("build.log"))) {
            assertThat(build.awaitExit(BUILD_LIMIT)).as(build.output()).isZero();
        }
    }

    private void run(ProcessBuilder shell, String row) throws Exception {
        Assumptions.assumeTrue(isThere("curl"), "curl, which the guide uses, is not on the PATH");
        build();
        try (CommandProcess guide = CommandProcess.start(shell, directory.resolve("guide.log"))) {
            guide.awaitOutput(row, LIMIT);
            assertThat(guide.output())
                    .contains("done group=7 job=1 task=0 ")
                    .containsPattern("-cdc.json is as it must be")
                    .containsPattern("-results.json is as it must be");
        }
    }

    private static <T> T orSkip(Supplier<T> server) {
        try {
            return server.get();
        } catch (NoBinariesException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    private ProcessBuilder shell(int block, String database, DatabaseServer server, Map<String, String> changes)
            throws IOException {
        List<String> commands = commands(block);
        assertThat(commands).hasSize(12);
        String script = withPorts(commands, database, server.port());
        for (Map.Entry<String, String> change : changes.entrySet()) {
            script = script.replace(change.getKey(), change.getValue());
        }
        // A shell that had ended would leave the processes that it has started to nobody, and so to the tests behind
        // this one.
        Path file = Files.writeString(directory.resolve("guide.sh"), "set -ex\n" + script + "\nwait\n");
        return CommandProcess.quickStart(new ProcessBuilder("sh", file.toString()).directory(ROOT.toFile()));
    }

    private static void addToPath(ProcessBuilder shell, Path folder) {
        shell.environment().merge("PATH", folder + ":", (path, own) -> own + path);
    }

    private static List<String> commands(int block) throws IOException {
        String readme = Files.readString(ROOT.resolve("connectors/README.md"));
        Matcher guide = COMMANDS.matcher(readme.substring(readme.indexOf("## From an empty database")));
        for (int i = 0; i <= block; i++) {
            assertThat(guide.find()).isTrue();
        }
        return guide.group(1).lines().toList();
    }

    /** The commands of the guide, with free ports in them and in the configurations. */
    private String withPorts(List<String> commands, String database, int port) throws IOException {
        int kafka = FreePort.find();
        int http = FreePort.find();
        int connect = FreePort.find();
        String script = String.join("\n", commands)
                .replace(
                        "--data ./yardmaster-data",
                        "--data %s --port %d --set http.listen=127.0.0.1:%d"
                                .formatted(directory.resolve("data"), kafka, http));
        for (String name : List.of(database + "-cdc.json", database + "-results.json", "worker.properties")) {
            String file = "connectors/config/" + name;
            Path copy = directory.resolve(name);
            Files.writeString(copy, ports(Files.readString(ROOT.resolve(file)), port, kafka, http, connect));
            script = script.replace(file, copy.toString());
        }
        return ports(script, port, kafka, http, connect);
    }

    private static String ports(String text, int database, int kafka, int http, int connect) {
        return text.replace(":9092", ":" + kafka)
                .replace(":7070", ":" + http)
                .replace(":8083", ":" + connect)
                .replaceAll("\\b(5432|3306)\\b", Integer.toString(database));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
