package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "replay");
    private static final String DAY = EXAMPLE.resolve("day.swf").toString();
    private static final String SHARES = EXAMPLE.resolve("shares.yaml").toString();
    private static final String JOB = "1 10 5 60 4 -1 -1 8 -1 -1 1 7 3 -1 -1 -1 -1 -1\n";

    private static final int SERVICES = 1;
    private static final int BURSTABLE = 3;

    @TempDir
    Path temp;

    private static CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) throws IOException {
        Path file = temp.resolve("figures.json");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", file.toString()));
        CommandLineRun run = run(all.toArray(String[]::new));
        assertThat(run.stderr()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return new JsonMapper().readTree(file.toFile());
    }

    /** The worked example of docs/replay.md in small: fair shares against first come, first served. */
    @Test
    void fairSharesSpareTheOtherGroupsTheWaitForOneThatSubmitsAllAtOnce() throws Exception {
        JsonNode sides = json(
                        DAY,
                        "--slots=20",
                        "--policy=name=fifo,fairness=job",
                        "--policy=name=groups,fairness=resource-group",
                        "--policy=" + SHARES + ",name=shares,fairness=weighted")
                .get("sides");

        JsonNode recorded = sides.get(0);
        JsonNode fifo = sides.get(1);
        JsonNode groups = sides.get(2);
        JsonNode shares = sides.get(3);
        assertThat(recorded.get("name").textValue()).isEqualTo("recorded");
        // The waits of that day are those of one queue.
        assertThat(fifo.get("wait")).isEqualTo(recorded.get("wait"));
        assertThat(fifo.get("by_group")).isEqualTo(recorded.get("by_group"));
        for (int group = 1; group < 5; group++) {
            long before = fifo.get("by_group").get(group).get("mean_ms").longValue();
            assertThat(groups.get("by_group").get(group).get("mean_ms").longValue())
                    .isLessThan(before / 5);
            assertThat(shares.get("by_group").get(group).get("mean_ms").longValue())
                    .isLessThan(before / 5);
        }
        assertThat(groups.get("slot_ms")).isEqualTo(fifo.get("slot_ms"));
    }

    /** The second worked example of docs/replay.md in small: 48 licences, one for each GPU. */
    @Test
    void aLimitOfLicencesKeepsOnlyPodsWithGpusWaitingAndDominantSharesSpareTheServices() throws Exception {
        String licences = EXAMPLE.resolve("licences.yaml").toString();
        JsonNode sides = json(
                        EXAMPLE.resolve("pods.csv").toString(),
                        "--slots=200",
                        "--policy=name=free,fairness=job",
                        "--policy=" + licences + ",name=fifo,fairness=job",
                        "--policy=" + licences + ",name=drf,fairness=drf")
                .get("sides");

        JsonNode free = sides.get(1);
        JsonNode fifo = sides.get(2);
        JsonNode drf = sides.get(3);
        // Nobody waited on that day, and nobody does without licences.
        assertThat(sides.get(0).get("wait").get("longest_ms").longValue()).isZero();
        assertThat(free.get("wait").get("longest_ms").longValue()).isZero();
        for (JsonNode side : List.of(fifo, drf)) {
            JsonNode limit = side.get("limits").get(0);
            assertThat(limit.get("key").textValue()).isEqualTo("limit/gpu");
            assertThat(limit.get("most").longValue()).isEqualTo(48);
            assertThat(longest(side, BURSTABLE)).as("pods without GPUs").isZero();
            assertThat(side.get("tasks")).isEqualTo(free.get("tasks"));
            assertThat(side.get("notes")).isEmpty();
        }
        assertThat(longest(fifo, SERVICES)).isGreaterThan(3_600_000);
        assertThat(longest(drf, SERVICES)).isLessThan(longest(fifo, SERVICES) / 2);
    }

    private static long longest(JsonNode side, int group) {
        JsonNode row = side.get("by_group").get(group - 1);
        assertThat(row.get("of").textValue()).isEqualTo(String.valueOf(group));
        return row.get("longest_ms").longValue();
    }

    @Test
    void R1_theSameCommandPrintsTheSame() {
        String[] command = {DAY, "--slots=15", "--durations=drawn", "--seed=7", "--policy=fairness=job"};
        CommandLineRun first = run(command);
        assertThat(first.stdout()).contains("840 jobs since 2026-01-01T00:", "fairness=job");
        assertThat(run(command)).isEqualTo(first);
    }

    @Test
    void thePolicyOfTheSettingsIsTheDefault() throws Exception {
        JsonNode sides =
                json(DAY, "--slots=20", "--set=fairness=resource-group").get("sides");
        assertThat(sides.get(1).get("name").textValue()).isEqualTo("settings");
        assertThat(sides.get(1).get("by_group").get(1).get("mean_ms").longValue())
                .isLessThan(sides.get(0).get("by_group").get(1).get("mean_ms").longValue());
    }

    @Test
    void allOutputsAreWritten() throws Exception {
        Path csv = temp.resolve("figures.csv");
        Path html = temp.resolve("report.html");
        CommandLineRun run = run(DAY, "--slots=20", "--csv=" + csv, "--html=" + html);
        assertThat(run.exitCode()).isZero();
        assertThat(csv).content().startsWith("policy,by,key,figure,value\n");
        assertThat(html).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void aWorkflowAndAJobInYamlComeAtOnce() throws Exception {
        Path workflow = Path.of("src", "main", "resources", "workflows", "nightly-logs.json");
        Path job = Files.writeString(
                temp.resolve("job.yaml"),
                "job: small\ngroup: 4\npriority: 3\nstages:\n  a: {tasks: 3}\n  b: {after: a}\n");
        JsonNode figures = json(workflow.toString(), job.toString(), "--slots=4", "--unknown=90s");
        JsonNode side = figures.get("sides").get(0);
        assertThat(figures.get("jobs").intValue()).isEqualTo(2);
        assertThat(side.get("by_group"))
                .extracting(row -> row.get("of").textValue())
                .containsExactly("1", "4");
        assertThat(side.get("by_priority"))
                .extracting(row -> row.get("of").textValue())
                .containsExactly("0", "3");
        assertThat(side.get("makespan_ms").longValue()).isGreaterThan(180_000);
    }

    @ParameterizedTest
    @CsvSource({"a.swf,", "a.swf.gz,", "a,", "a.txt,swf"})
    void theFormatIsKnownByNameOrContentOrOption(String name, String format) throws Exception {
        Path file = temp.resolve(name);
        String content = "; UnixStartTime: 0\n" + JOB;
        if (name.endsWith(".gz")) {
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        } else {
            Files.writeString(file, content);
        }
        JsonNode figures = format == null
                ? json(file.toString(), "--slots=1")
                : json(file.toString(), "--slots=1", "--format=" + format);
        assertThat(figures.get("sides").get(1).get("tasks").intValue()).isEqualTo(4);
    }

    @Test
    void aTraceInCsvIsKnownByItsFirstLine() throws Exception {
        Path file = Files.writeString(
                temp.resolve("batch"), "job,task_name,instances,start_s,duration_s\nj,M1,5,10,3\nj,R2_1,1,13,4\n");
        JsonNode side = json(file.toString(), "--slots=5").get("sides").get(1);
        assertThat(side.get("makespan_ms").intValue()).isEqualTo(7_000);
    }

    @Test
    void podsAreKnownByTheirColumnsAndATraceWithOthersIsRefused() throws Exception {
        String header =
                "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n";
        String pod = "p,100,200,1,500,,BE,Failed,10,19,12\n";
        for (String name : List.of("pods.csv", "pods")) {
            Path file = Files.writeString(temp.resolve(name), header + pod);
            JsonNode side = json(file.toString(), "--slots=5").get("sides").get(1);
            assertThat(side.get("makespan_ms").intValue()).isEqualTo(7_000);
            assertThat(side.get("by_group").get(0).get("of").textValue()).isEqualTo("2");
        }
        Path file = Files.writeString(temp.resolve("other.csv"), header.replace("num_gpu", "gpus") + pod);
        CommandLineRun run = run(file.toString(), "--slots=5");
        assertThat(run.stderr()).startsWith("yardmaster: " + file + ":1: unknown column 'gpus': known are cpu_milli, ");
        assertThat(run.exitCode()).isEqualTo(2);
        assertRefused(
                batch()
                        + ":1: unknown column 'job': known are cpu_milli, memory_mib, num_gpu, gpu_milli, qos, creation_time,"
                        + " deletion_time, scheduled_time and name, gpu_spec, pod_phase",
                batch().toString(),
                "--slots=5",
                "--format=alibaba-pods");
    }

    private Path batch() throws IOException {
        return Files.writeString(
                temp.resolve("batch.csv"), "job,task_name,instances,start_s,duration_s\nj,M1,5,10,3\n");
    }

    @Test
    void groupsThatTheDayDidNotHaveAndUnusedWeightsAreNoted() throws Exception {
        Path policy = Files.writeString(temp.resolve("p.yaml"), "groups: {77: {weight: 2}, 78: {weight: 3}}\n");
        CommandLineRun run = run(DAY, "--slots=20", "--policy=" + policy + ",name=p");
        assertThat(run.stdout().lines())
                .contains(
                        "note: p: the day had no resource group 77 and 1 more that it names",
                        "note: p: its weights change nothing, as only fairness=weighted and fairness=drf obey them");
    }

    @Test
    void podsRunOnTheHostsOfAFileBesideALimit() throws Exception {
        Path hosts = Files.writeString(
                temp.resolve("hosts.csv"), "sn,cpu_milli,memory_mib,gpu\na,960000,3932160,24\nb,960000,3932160,24\n");
        JsonNode sides = json(
                        EXAMPLE.resolve("pods.csv").toString(),
                        "--hosts=" + hosts,
                        "--policy=name=free,fairness=job",
                        "--policy=" + EXAMPLE.resolve("licences.yaml") + ",name=fifo,fairness=job")
                .get("sides");

        for (JsonNode side : List.of(sides.get(1), sides.get(2))) {
            assertThat(side.get("tasks").intValue()).isEqualTo(274);
            assertThat(side.get("wait").get("longest_ms").longValue()).isPositive();
            assertThat(side.get("notes")).isEmpty();
        }
        JsonNode gpus = sides.get(1).get("limits").get(1);
        assertThat(gpus.get("key").textValue()).isEqualTo("hosts/gpu_milli");
        assertThat(gpus.get("capacity").longValue()).isEqualTo(48_000);
        assertThat(gpus.get("most").longValue()).isEqualTo(48_000);
        JsonNode licences = sides.get(2).get("limits").get(0);
        assertThat(licences.get("key").textValue()).isEqualTo("limit/gpu");
        assertThat(licences.get("most").longValue()).isEqualTo(48);
        Path none = temp.resolve("none.csv");
        assertRefused(none + ": no such file", DAY, "--hosts=" + none);
    }

    @Test
    void tasksOfAPoolRunInItsSlotsOrOnItsHosts() throws Exception {
        Path job = Files.writeString(
                temp.resolve("job.yaml"), "job: six\nstages:\n  a: {tasks: 6, pool: gpu, needs: {gpu: 1}}\n");
        Path placing = Files.writeString(temp.resolve("p.yaml"), "pools: {gpu: {placement: hosts}}\n");
        Path windowed =
                Files.writeString(temp.resolve("w.yaml"), "pools: {gpu: {window: 2}}\nlimits: {gpu: {capacity: 9}}\n");
        Path hosts = Files.writeString(temp.resolve("hosts.csv"), "name,pool,gpu\na,gpu,2\nb,gpu,1\nc,cpu,9\n");

        JsonNode onHosts =
                json(job.toString(), "--slots=1", "--unknown=10s", "--hosts=" + hosts, "--policy=" + placing);
        assertThat(onHosts.at("/sides/0/makespan_ms").longValue()).isEqualTo(20_000);
        JsonNode inSlots = json(job.toString(), "--slots=1", "--unknown=10s", "--slots=gpu=3", "--policy=" + windowed);
        assertThat(inSlots.at("/sides/0/makespan_ms").longValue()).isEqualTo(30_000);
        assertThat(inSlots.at("/fleet/pools/gpu").intValue()).isEqualTo(3);
    }

    @Test
    void jobsThatMissTheirDeadlinesAreCounted() throws Exception {
        JsonNode sides = json(
                        DAY,
                        "--slots=20",
                        "--policy=name=fifo,fairness=job",
                        "--policy=name=groups,fairness=resource-group",
                        "--deadline=2h",
                        "--deadline=1=12h")
                .get("sides");

        assertThat(sides.get(1).get("deadline_jobs").asInt()).isEqualTo(840);
        assertThat(sides.get(1).get("deadlines").get(0).get("within_ms").asLong())
                .isEqualTo(43_200_000);
        assertThat(sides.get(1).get("deadlines").get(1).get("within_ms").asLong())
                .isEqualTo(7_200_000);
        assertThat(sides.get(1).get("deadlines").get(1).get("missed").asInt())
                .isGreaterThan(
                        sides.get(2).get("deadlines").get(1).get("missed").asInt());
    }

    @Test
    void mistakesAreOneLineAndExitCode2() throws Exception {
        for (String wrong : List.of("soon", "0s", "366d", "x=2h", "-1=2h", "1=")) {
            assertRefused(
                    "--deadline=" + wrong + ": must be a time such as 10m or 2h, or GROUP=TIME, up to 365d",
                    DAY,
                    "--slots=1",
                    "--deadline=" + wrong);
        }
        for (String twice : List.of("2h", "1=2h")) {
            assertRefused(
                    "--deadline=" + twice + ": there is another one for the same jobs",
                    DAY,
                    "--slots=1",
                    "--deadline=1=3h",
                    "--deadline=3h",
                    "--deadline=" + twice);
        }
        assertRefused(
                "--from and --to are for the topics of a deployment: give no INPUT with them (see 'yardmaster replay --help')",
                DAY,
                "--slots=1",
                "--from=6h");
        assertRefused(
                "--to=2027-03-01: must not be before --from (see 'yardmaster replay --help')",
                "--slots=1",
                "--from=2027-03-02",
                "--to=2027-03-01");
        assertRefused("Missing required option: '--slots=N' (see 'yardmaster replay --help')", DAY);
        for (String slots : List.of("0", "10000001", "many", "=3", "gpu=", "gpu=0")) {
            assertRefused(
                    "--slots=%s: must be a number from 1 to 10000000, or POOL=N with such a number".formatted(slots),
                    DAY,
                    "--slots=" + slots);
        }
        assertRefused(
                "--slots=gpu=2: there is another one for the same pool",
                DAY,
                "--slots=gpu=1",
                "--slots=1",
                "--slots=gpu=2");
        assertRefused(
                "--durations=guessed: must be one of recorded, drawn (see 'yardmaster replay --help')",
                DAY,
                "--slots=1",
                "--durations=guessed");
        assertRefused(
                "--format=xml: must be one of swf, alibaba, alibaba-pods, wfformat, job, recording (see 'yardmaster replay --help')",
                DAY,
                "--slots=1",
                "--format=xml");
        assertRefused(
                "--unknown=long: must be a time such as 500ms or 10m (see 'yardmaster replay --help')",
                DAY,
                "--slots=1",
                "--unknown=long");
        assertRefused(
                "--policy=a.yaml,b.yaml: must be a file, settings such as fairness=weighted, and name=NAME, separated by commas",
                DAY,
                "--slots=1",
                "--policy=a.yaml,b.yaml");
        assertRefused(
                "--policy=http.listen=x: a replay has no use for the setting http.listen, but for fairness, active.jobs,"
                        + " commit.per.cycle, cleanup.per.cycle, finalizing.expiry, dedup.expiry",
                DAY,
                "--slots=1",
                "--policy=http.listen=x");
        assertRefused(
                "--policy=name=recorded: 'recorded' is no name for a policy",
                DAY,
                "--slots=1",
                "--policy=name=recorded");
        assertRefused(
                "--policy=fairness=job: there is another policy of that name; name=NAME gives it one (see 'yardmaster replay --help')",
                DAY,
                "--slots=1",
                "--policy=fairness=job",
                "--policy=fairness=job");
        Path missing = temp.resolve("missing.swf");
        assertRefused(missing + ": no such file", missing.toString(), "--slots=1");
        Path policy = Files.writeString(temp.resolve("p.yaml"), "groups: {7: {wieght: 2}}\n");
        assertThat(run(DAY, "--slots=1", "--policy=" + policy).stderr())
                .startsWith("yardmaster: " + policy + ": groups.7: ");
        Path back = Files.writeString(temp.resolve("back.swf"), JOB + JOB.replace("1 10 ", "2 9 "));
        assertRefused(
                back + ":2: the clock goes back: it is submitted at 9 s, after a job at 10 s",
                back.toString(),
                "--slots=1");
        Path job = Files.writeString(temp.resolve("job.yaml"), "job: small\nstages:\n  a: {tasks: 3}\n");
        assertRefused(
                DAY + ": traces, which say when each job came, and jobs, which do not, make no day together",
                DAY,
                job.toString(),
                "--slots=1");
    }

    private static void assertRefused(String line, String... arguments) {
        CommandLineRun run = run(arguments);
        assertThat(run.stderr()).isEqualTo("yardmaster: " + line + System.lineSeparator());
        assertThat(run.stdout()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
