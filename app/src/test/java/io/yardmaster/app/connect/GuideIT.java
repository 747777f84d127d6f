package io.yardmaster.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.embedded.connect.NoBinariesException;
import io.yardmaster.embedded.connect.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten commands of the guide in {@code connectors/README.md} lead to an assignment. */
class GuideIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern GUIDE = Pattern.compile("## From an empty database.*?```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theTenCommandsLeadToAnAssignment() throws Exception {
        Assumptions.assumeTrue(isThere("curl"), "curl, which the guide uses, is not on the PATH");
        List<String> commands = commands();
        assertThat(commands).hasSize(10);
        try (PostgresServer postgres = postgres()) {
            Path script = Files.writeString(
                    directory.resolve("guide.sh"), "set -ex\n" + withPorts(commands, postgres.port()));
            ProcessBuilder shell = new ProcessBuilder("sh", script.toString()).directory(ROOT.toFile());
            if (!isThere("psql")) {
                Psql.install(
                        directory.resolve("bin"),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
                shell.environment().merge("PATH", directory.resolve("bin") + ":", (path, own) -> own + path);
            }
            try (CommandProcess guide = CommandProcess.start(shell, directory.resolve("guide.log"))) {
                guide.awaitOutput("done group=7 job=1 task=1 ");
                assertThat(guide.output())
                        .contains("done group=7 job=1 task=0 ")
                        .contains("is as it must be");
            }
        }
    }

    private PostgresServer postgres() {
        try {
            return PostgresServer.start(directory.resolve("postgres"));
        } catch (NoBinariesException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    private static List<String> commands() throws IOException {
        Matcher guide = GUIDE.matcher(Files.readString(ROOT.resolve("connectors/README.md")));
        assertThat(guide.find()).isTrue();
        return guide.group(1).lines().toList();
    }

    /** The commands of the guide, with free ports in them and in the configurations. */
    private String withPorts(List<String> commands, int postgres) throws IOException {
        int kafka = freePort();
        int http = freePort();
        int connect = freePort();
        String script = String.join("\n", commands)
                .replace(
                        "--data ./yardmaster-data",
                        "--data %s --port %d --set http.listen=127.0.0.1:%d"
                                .formatted(directory.resolve("data"), kafka, http));
        for (String file : List.of("connectors/config/postgresql-cdc.json", "connectors/config/worker.properties")) {
            Path copy = directory.resolve(Path.of(file).getFileName());
            Files.writeString(copy, ports(Files.readString(ROOT.resolve(file)), postgres, kafka, http, connect));
            script = script.replace(file, copy.toString());
        }
        return ports(script, postgres, kafka, http, connect);
    }

    private static String ports(String text, int postgres, int kafka, int http, int connect) {
        return text.replace(":9092", ":" + kafka)
                .replace(":7070", ":" + http)
                .replace(":8083", ":" + connect)
                .replaceAll("\\b5432\\b", Integer.toString(postgres));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
