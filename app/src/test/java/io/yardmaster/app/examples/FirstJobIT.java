package io.yardmaster.app.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.embedded.connect.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chapter "Your first job" of the README, word for word but for the ports, in two shells. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FirstJobIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theCommandsOfTheChapterLeadToItsOutput() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int begin = readme.indexOf("## Your first job\n");
        String chapter = readme.substring(begin, readme.indexOf("\n## ", begin));
        List<String> terminals = texts(COMMANDS, chapter);
        assertThat(terminals).hasSize(2);
        String kafka = ":" + FreePort.find();
        String http = ":" + FreePort.find();

        build();
        try (CommandProcess scheduler = terminal(
                terminals
                        .get(0)
                        .replace(
                                "--embedded",
                                "--embedded --port=%s --set=http.listen=127.0.0.1%s"
                                        .formatted(kafka.substring(1), http)),
                "scheduler")) {
            scheduler.awaitOutput("ready ");
            String second = terminals.get(1).replace(":9092", kafka).replace(":7070", http);
            String printed = run("trap 'kill $!; wait' EXIT\n" + second);
            String output = texts(OUTPUT, chapter).get(0);
            assertThat(output).endsWith("\n332833500\n");
            assertThat(withoutTimes(printed)).endsWith(withoutTimes(output));
        }
        assertThat(Files.readString(directory.resolve("work.log"))).contains("working in consumer group");
    }

    /** So that no time limit below has a build in it. */
    private void build() throws Exception {
        run("bin/yardmaster --version");
    }

    /** Runs commands to their end, and returns their output. */
    private String run(String commands) throws Exception {
        Path printed = directory.resolve("printed");
        Process shell = shell(commands, "run")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(shell.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        String output = Files.readString(printed);
        assertThat(shell.exitValue()).as(output).isZero();
        return output;
    }

    private CommandProcess terminal(String commands, String name) throws IOException {
        return CommandProcess.start(shell(commands, name), directory.resolve(name + ".out"));
    }

    private ProcessBuilder shell(String commands, String name) throws IOException {
        Path file = Files.writeString(
                directory.resolve(name + ".sh"),
                "set -e\n"
                        + commands.replace(
                                "bin/yardmaster", ROOT.resolve("bin/yardmaster").toString()));
        return CommandProcess.quickStart(new ProcessBuilder("sh", file.toString()).directory(directory.toFile()));
    }

    private static List<String> texts(Pattern block, String chapter) {
        return block.matcher(chapter)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Times differ, and with them the width of their columns. */
    private static String withoutTimes(String output) {
        return output.replaceAll("\\d+\\.\\d s", "# s").replaceAll(" +", " ");
    }
}
