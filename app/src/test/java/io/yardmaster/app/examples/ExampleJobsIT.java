package io.yardmaster.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.cli.EmbeddedServe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jobs in {@code examples/jobs}, and others in YAML, run by {@code work --run} from the top of the clone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExampleJobsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JOBS = ROOT.resolve("examples/jobs");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final List<String> NAMES = List.of("frames", "sweep", "etl", "simulation", "site");

    @TempDir
    private static Path directory;

    private static EmbeddedServe scheduler;
    private static ServeProcess.Ready ready;
    private static CommandProcess worker;

    @BeforeAll
    static void start() throws IOException {
        scheduler = EmbeddedServe.start(directory);
        ready = scheduler.ready();
        worker = CommandProcess.startIn(
                ROOT,
                directory,
                directory.resolve("work.log"),
                ready.arguments("work", "--run", "--parallel=8", "--output=" + directory.resolve("kept")));
        worker.awaitOutput("working in");
    }

    @AfterAll
    static void stop() {
        worker.close();
        scheduler.close();
    }

    @Test
    void theFiveJobsAndThoseOfTheGuideRunToTheirEndInOneGo() throws Exception {
        List<String> files = new ArrayList<>(List.of("--job=100"));
        NAMES.forEach(name -> files.add(JOBS.resolve(name + ".yaml").toString()));
        List<String> blocks = YAML.matcher(Files.readString(JOBS.resolve("README.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        files.add(yaml("slurm", blocks.get(0)));
        if (isThere("make")) {
            files.add(yaml("make", blocks.get(1)));
        }

        CommandLineRun submit = CommandLineRun.of(ready.arguments("submit", files.toArray(String[]::new)));

        assertThat(submit.exitCode()).as(submit.stdout() + submit.stderr()).isZero();
        assertThat(kept(100, "film/0.0.out")).startsWith("job 100: 24 frames in ");
        assertThat(kept(101, "best/0.0.out")).endsWith("left with rate 5e-4 and momentum 0.9\n");
        assertThat(kept(102, "report/0.0.out")).isEqualTo("market abroad 125 62000\nmarket home 375 188750\n");
        assertThat(kept(103, "summary/0.0.out"))
                .isEqualTo("4 runs with steps of 0.125\n4 runs with steps of 0.25\n4 runs with steps of 0.5\n");
        assertThat(kept(103, "run/11.0.err")).isEqualTo("run 11 diverges with steps of 0.5\n");
        assertThat(kept(103, "run/11.1.exit")).isEqualTo("1\n");
        assertThat(kept(103, "run/11.2.exit")).isEqualTo("0\n");
        assertThat(kept(104, "archive/0.0.out")).contains("site/0.html\n", "site/3.html\n", "site/index.html\n");
        double area = IntStream.range(0, 8)
                .mapToDouble(part -> Double.parseDouble(kept(105, "array/" + part + ".0.out")))
                .sum();
        assertThat(area).isCloseTo(Math.PI / 4, within(1e-6));
        if (isThere("make")) {
            assertThat(kept(106, "test/0.0.exit")).isEqualTo("0\n");
        }
        assertThat(worker.output()).doesNotContain("\tat ");
    }

    @Test
    void theReportOfTheNightRunsAlsoWhenTheNightHasFailed() throws Exception {
        String broken = Files.readString(JOBS.resolve("etl.yaml"))
                .replace("extract.sh customers", "extract.sh nobody")
                .replace("attempts: 5", "attempts: 2");

        CommandLineRun submit = CommandLineRun.of(ready.arguments("submit", "--job=110", yaml("broken", broken)));

        assertThat(submit.exitCode()).isEqualTo(1);
        assertThat(submit.stderr())
                .contains("yardmaster: job 110 fails: ")
                .contains("exit code 1: no such source: nobody");
        assertThat(kept(110, "report/0.0.out")).startsWith("no new figures");
    }

    @Test
    void L9_aStageOfAPoolRunsOnTheWorkersOfThePool() throws Exception {
        Path pools = ROOT.resolve("examples/pools");
        for (List<String> command : List.of(
                List.of("policy", "apply", pools.resolve("policy.yaml").toString()),
                List.of("topics", "create", "--pool=gpu"))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--set=kafka.bootstrap.servers=" + ready.kafka());
            arguments.add("--set=schema.registry.url=" + ready.registry());
            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.stderr()).isZero();
        }
        Path kept = directory.resolve("kept-by-pool");
        try (CommandProcess ofPool = CommandProcess.startIn(
                ROOT,
                directory,
                directory.resolve("pool.log"),
                ready.arguments("work", "--run", "--pool=gpu", "--output=" + kept))) {
            ofPool.awaitOutput("working in consumer group yardmaster-ems.gpu");
            CommandLineRun submit = CommandLineRun.of(ready.arguments(
                    "submit", "--job=130", pools.resolve("train.yaml").toString()));
            assertThat(submit.exitCode()).as(submit.stdout() + submit.stderr()).isZero();
        }
        assertThat(Files.readString(kept.resolve("130/train/7.0.out"))).startsWith("model 7 trained by ");
        assertThat(kept(130, "report/0.0.out")).isEqualTo("all models are there\n");
        assertThat(kept.resolve("130/report")).doesNotExist();
    }

    @Test
    void aCommandThatIsNotThereFailsItsJobWithTheWordsOfTheShell() throws Exception {
        CommandLineRun submit = CommandLineRun.of(ready.arguments(
                "submit", "--job=120", yaml("missing", "job: missing\nstages:\n  one: { run: ./nope.sh }\n")));

        assertThat(submit.exitCode()).isEqualTo(1);
        assertThat(submit.stderr())
                .containsPattern("(?m)^yardmaster: job 120 fails: .*exit code 127: sh: .*\\./nope\\.sh: .*not found$");
        worker.awaitOutput("failed group=1 job=120 task=0 attempt=0 ");
        assertThat(worker.output()).doesNotContain("\tat ");
    }

    private static String kept(long job, String file) {
        try {
            return Files.readString(directory.resolve("kept/" + job + "/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String yaml(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), text).toString();
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
