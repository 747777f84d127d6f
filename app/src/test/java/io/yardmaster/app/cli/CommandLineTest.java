package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.Yardmaster;
import io.yardmaster.topology.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @Test
    void wrongUsageIsOneLineAndExitCode2() {
        assertRefused("yardmaster: Missing required subcommand (see 'yardmaster --help')");
        assertRefused("yardmaster: Unknown option: '--fast' (see 'yardmaster serve --help')", "serve", "--fast");
        assertRefused(
                "yardmaster: Missing required argument(s): --embedded (see 'yardmaster serve --help')",
                "serve",
                "--data",
                "x");
        assertRefused(
                "yardmaster: Missing required subcommand: create or check (see 'yardmaster topics --help')", "topics");
        assertRefused(
                "yardmaster: --partitions=0: must be a whole number from 1 on (see 'yardmaster topics --help')",
                "topics",
                "create",
                "--partitions=0");
    }

    @Test
    void aConnectorsConfigurationThatIsWrongIsExitCode1AndNoneIsExitCode2(@TempDir Path directory) throws Exception {
        assertRefused("yardmaster: Missing required subcommand: check (see 'yardmaster connect --help')", "connect");
        Path missing = directory.resolve("missing.json");
        assertRefused("yardmaster: " + missing + ": no such file", "connect", "check", missing.toString());
        Path other = Files.writeString(directory.resolve("other.json"), "{}");
        CommandLineRun run = CommandLineRun.of("connect", "check", other.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr()).startsWith("yardmaster: connector.class is not set: must be ");
    }

    @Test
    void statusSaysInOneLineThatNothingAnswers() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        CommandLineRun run = CommandLineRun.of("status", "--set=http.listen=127.0.0.1:" + port);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr())
                .startsWith("yardmaster: http://127.0.0.1:" + port + ": no instance answers there")
                .endsWith("; name one with --url, as Kafka does not know them\n")
                .hasLineCount(1);
        assertThat(CommandLineRun.of("status", "--url", "not a url").stderr())
                .startsWith("yardmaster: not a url: no instance answers there")
                .doesNotContain("--url")
                .hasLineCount(1);
    }

    @Test
    void statusFollowsTheSettingsOfOtherCommands() {
        assertThat(CommandLineRun.of("status", "--set=schema.registry.url=http://127.0.0.1:2/registry")
                        .stderr())
                .startsWith("yardmaster: http://127.0.0.1:2: no instance answers there");
        assertThat(CommandLineRun.of(
                                "status",
                                "--set=schema.registry.url=http://127.0.0.1:2/registry",
                                "--set=http.listen=127.0.0.1:3")
                        .stderr())
                .startsWith("yardmaster: http://127.0.0.1:3: no instance answers there");
        assertRefused("yardmaster: unknown setting nonsense (--set)", "status", "--set=nonsense=1");
    }

    @Test
    void aSettingThatNobodyReadsIsRefusedByEveryCommand() {
        String line = "yardmaster: unknown setting kafka.lingerms: the nearest known one is kafka.linger.ms (--set)";
        for (String command : List.of("serve", "work", "status", "describe", "demo", "topics check", "topics create")) {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
            arguments.add("--set=kafka.lingerms=1");
            assertRefused(line, arguments.toArray(new String[0]));
        }
        assertRefused(
                "yardmaster: schema.registry.ssl.truststore.location=/no/such.p12: no such file (--set)",
                "describe",
                "--set=schema.registry.url=https://127.0.0.1:1",
                "--set=schema.registry.ssl.truststore.location=/no/such.p12");
    }

    @Test
    void workRefusesACommandThatItCannotRunInOneLine() {
        String help = " (see 'yardmaster work --help')";
        assertRefused(
                "yardmaster: --exec: unknown placeholder {host}: must be one of {job}, {task}, {kind}, {attempt},"
                        + " {group}, {session}, {id}; {{host} is {host} itself" + help,
                "work",
                "--exec=echo {job} {host}");
        assertRefused("yardmaster: --exec: the quote ' is not closed" + help, "work", "--exec", "echo 'done");
        assertRefused("yardmaster: --exec: must name a program" + help, "work", "--exec", " ");
        assertRefused(
                "yardmaster: --exec: no-such-tool: no such program" + help, "work", "--exec", "no-such-tool {job}");
        assertRefused(
                "yardmaster: --exec=COMMAND, --sleep=SECONDS are mutually exclusive (specify only one)" + help,
                "work",
                "--exec=true",
                "--sleep=1");
    }

    @Test
    void aWrongSettingIsOneLineAndExitCode2() {
        assertRefused(
                "yardmaster: fairness=tenant: must be job or resource-group or weighted or drf (--set)",
                "describe",
                "--set",
                "fairness=tenant");
        assertRefused(
                "yardmaster: active.jobs=0: must be a whole number from 1 to 1000000 (--set)",
                "serve",
                "--set",
                "active.jobs=0");
        assertRefused("yardmaster: --config none: no such file", "describe", "--config", "none");
        assertRefused(
                "yardmaster: kafka.bootstrap.servers is not set: must be host:port, or several with commas", "serve");
        assertRefused(
                "yardmaster: schema.registry.url is not set: must be a URL, several with commas, or mock://name",
                "serve",
                "--set=kafka.bootstrap.servers=127.0.0.1:1");
    }

    @Test
    void aKafkaThatCannotBeNamedIsOneLineAndExitCode1() {
        var run = CommandLineRun.of("topics", "check", "--set=kafka.bootstrap.servers=no.such.host.invalid:1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr())
                .isEqualTo("yardmaster: the settings kafka.* are refused: "
                        + "No resolvable bootstrap urls given in bootstrap.servers\n");
    }

    @Test
    void anArgumentThatTheLocaleDoesNotHaveIsOneLineAndExitCode2() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String bytes = "\"$(printf 'gr\\303\\266.json')\"";
        ProcessBuilder submit = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -cp \"$1\" " + Yardmaster.class.getName() + " submit " + bytes,
                java,
                ServeProcess.classPath());
        submit.environment().put("LC_ALL", "C");
        Process process = submit.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said)
                .startsWith("yardmaster: an argument holds characters that the locale of this process (")
                .endsWith("does not have: set LC_ALL to one in UTF-8, such as C.UTF-8\n")
                .hasLineCount(1);
    }

    @Test
    void verboseAddsTheStackTrace() {
        assertThat(CommandLineRun.of("describe", "--verbose", "--set", "fairness=tenant")
                        .stderr())
                .startsWith("yardmaster: fairness=tenant: ")
                .contains("\tat io.yardmaster");
    }

    @Test
    void describeShowsTheTopologyAndWhereSettingsComeFromAndNoSecrets(@TempDir Path temp) throws Exception {
        Path file = Files.writeString(
                temp.resolve("y.properties"), "active.jobs=16\nbasic.auth.user.info=me:hunter2\ntopic.prefix=ci.\n");
        var run = CommandLineRun.of(
                "describe",
                "--config=" + file,
                "--set=schema.registry.url=https://me:hunter2@registry",
                "--set=kafka.sasl.jaas.config=hunter2");
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout())
                .contains("Topolog")
                .containsPattern("active.jobs += 16  \\(" + file + ":1\\)")
                .containsPattern("topic.ready += ci.ready  \\(default\\)")
                .containsPattern("dispatch.capacity += auto  \\(default\\)")
                .containsPattern("schema.registry.url += https://\\*+@registry  \\(--set\\)")
                .containsPattern("kafka.sasl.jaas.config += \\*+  \\(--set\\)")
                .doesNotContain("hunter2");
    }

    @Test
    void theReferenceListsEverySetting() {
        String reference = CommandLineRun.of("describe", "--reference").stdout();
        assertThat(Settings.ALL).allSatisfy(setting -> assertThat(reference)
                .contains("| `" + setting.key() + "` |")
                .contains(setting.doc()));
        assertThat(reference).contains("| `kafka.*` |");
    }

    @Test
    void aWrongPriorityIsRefused() {
        String help = " (see 'yardmaster priority --help')";
        assertRefused("yardmaster: Missing required parameters: 'JOB', 'N'" + help, "priority");
        assertRefused("yardmaster: Missing required parameter: 'N'" + help, "priority", "7");
        assertRefused(
                "yardmaster: JOB seven: must be the id of a job, a whole number" + help, "priority", "seven", "1");
        for (String wrong : List.of("1001", "-1001", "high", "1.5", "99999999999999999999")) {
            assertRefused(
                    "yardmaster: N " + wrong + ": must be a whole number from -1000 to 1000" + help,
                    "priority",
                    "7",
                    wrong);
        }
    }

    @Test
    void aWrongCommandAboutAJobIsRefused() {
        for (String command : List.of("cancel", "pause", "resume")) {
            String help = " (see 'yardmaster " + command + " --help')";
            assertRefused("yardmaster: Missing required parameter: 'JOB'" + help, command);
            assertRefused("yardmaster: JOB seven: must be the id of a job, a whole number" + help, command, "seven");
            assertRefused(
                    "yardmaster: --reason: has 1001 characters, must have at most 1000" + help,
                    command,
                    "7",
                    "--reason=" + "r".repeat(1001));
            assertRefused(
                    "yardmaster: --by: has 201 characters, must have at most 200" + help,
                    command,
                    "7",
                    "--by=" + "b".repeat(201));
            assertRefused(
                    "yardmaster: --session=-1: must be a whole number from 0 on" + help, command, "7", "--session=-1");
            assertRefused(
                    "yardmaster: --timeout=0: must be a whole number of seconds from 1 to 3600" + help,
                    command,
                    "7",
                    "--timeout=0");
            assertRefused(
                    "yardmaster: kafka.bootstrap.servers is not set: must be host:port, or several with commas",
                    command,
                    "7");
        }
    }

    @Test
    void aTimeThatIsNoDurationIsRefused() {
        for (String since : List.of("yesterday", "30", "-1h", "PT-1H", "4000d", "99999999999999d", "")) {
            assertRefused(
                    "yardmaster: --since=" + since
                            + ": must be a duration of up to 3650d, such as 30m, 6h or 2d (see 'yardmaster events --help')",
                    "events",
                    "--since=" + since);
        }
    }

    @Test
    void aRecordingThatCannotBeMadeOrReadIsOneLine(@TempDir Path directory) throws Exception {
        String help = " (see 'yardmaster replay record --help')";
        String file = directory.resolve("day.jsonl.gz").toString();
        assertRefused(
                "yardmaster: --from=yesterday: must be a time such as 2027-03-01T06:00:00Z, a day such as 2027-03-01, or how long ago, such as 30m, 6h or 2d"
                        + help,
                "replay",
                "record",
                file,
                "--from=yesterday");
        assertRefused(
                "yardmaster: --to=2027-03-01: must not be before --from" + help,
                "replay",
                "record",
                file,
                "--from=2027-03-02",
                "--to=2027-03-01");
        assertRefused(
                "yardmaster: kafka.bootstrap.servers is not set: must be host:port, or several with commas",
                "replay",
                "record",
                file);
        assertRefused("yardmaster: " + file + ": no such file", "replay", "verify", file);
        Files.writeString(Path.of(file), "day");
        assertRefused(
                "yardmaster: " + file + ": is no recording: it is not compressed by gzip", "replay", "verify", file);
        assertRefused(
                "yardmaster: --slack=2h: must be a duration of up to 1h, such as 500ms or 5s (see 'yardmaster replay verify --help')",
                "replay",
                "verify",
                file,
                "--slack=2h");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(CommandLineRun.of("--help").stdout()).contains("serve", "topics", "describe");
        assertThat(CommandLineRun.of("cancel", "--help").stdout())
                .contains("JOB...", "--reason=TEXT", "--by=NAME", "--session=N", "--timeout=SECONDS", "Exit code 1 if");
        assertThat(CommandLineRun.of("events", "--help").stdout()).contains("--follow", "--json", "--since=DURATION");
        assertThat(CommandLineRun.of("serve", "--help").stdout()).contains("--embedded", "--data", "--port", "--set");
        assertThat(CommandLineRun.of("topics", "create", "--help").stdout()).contains("--dispatch-partitions");
        assertThat(CommandLineRun.of("work", "--help").stdout())
                .contains("--exec=COMMAND", "--sleep=SECONDS", "--parallel=N", "--share", "--tries=N")
                .contains("failed and committed like a done one");
    }

    private static void assertRefused(String line, String... arguments) {
        var run = CommandLineRun.of(arguments);
        assertThat(run.stderr()).isEqualTo(line + "\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
    }
}
