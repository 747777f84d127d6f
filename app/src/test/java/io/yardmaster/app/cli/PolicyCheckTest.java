package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.app.CommandLineRun;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingHeader;
import io.yardmaster.replay.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy check --replay} on a day of ten tasks that need a licence, of which there were ten, and five that need none. */
class PolicyCheckTest {
    private static final long BEGIN = 1_800_000_000_000L;

    @TempDir
    Path temp;

    private final Map<RecordedTopic, Long> offsets = new EnumMap<>(RecordedTopic.class);
    private Path day;
    private Path policy;

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    private RecordedRecord record(RecordedTopic topic, long at, String key, String value, long number)
            throws IOException {
        return record(topic, "", at, key, value, RecordedRecord.NO_SHARD, number);
    }

    private RecordedRecord record(
            RecordedTopic topic, String pool, long at, String key, String value, int shard, long number)
            throws IOException {
        return new RecordedRecord(
                topic,
                pool,
                0,
                offsets.merge(topic, 1L, Long::sum) - 1,
                at,
                key,
                json(value),
                Optional.empty(),
                Optional.empty(),
                shard,
                number,
                Optional.empty());
    }

    private RecordedRecord graph(long group, long job, int tasks, String needs) throws IOException {
        return record(
                RecordedTopic.GRAPHS,
                BEGIN,
                Long.toString(job),
                ("{'resource_group_id':%s,'job_id':%s,'session_id':1,'priority':0,'commit':false,'cleanup':false,"
                                + "'on_failure':'STOP','part':0,'parts':1,'stages':[{'name':'only','tasks':%s,'after':[],"
                                + "'when':'ALL','attempts':1,'backoff_ms':0,'timeout_ms':0,'needs':{%s}}]}")
                        .formatted(group, job, tasks, needs),
                0);
    }

    private RecordedRecord ended(long group, long job, int task, long number) throws IOException {
        return outcome("SUCCEEDED", group, job, task, number, BEGIN + 10_000);
    }

    private RecordedRecord outcome(String result, long group, long job, int task, long number, long at)
            throws IOException {
        return record(
                RecordedTopic.OUTCOMES,
                at,
                Long.toString(job),
                ("{'resource_group_id':%s,'job_id':%s,'session_id':1,'kind':'TASK','task_index':%s,'attempt':0,"
                                + "'result':'%s','reason':'','started_at':%s,'ended_at':%s}")
                        .formatted(group, job, task, result, BEGIN, at),
                number);
    }

    @BeforeEach
    void recordTheDay() throws IOException {
        day = temp.resolve("day.jsonl.gz");
        write(day, theDay());
        policy = Files.writeString(temp.resolve("two.yaml"), "limits: {licence: {capacity: 2}}\n");
    }

    private List<RecordedRecord> theDay() throws IOException {
        List<RecordedRecord> all = new ArrayList<>();
        all.add(record(RecordedTopic.POLICY, 1, "limit/licence", "{'by':'ann','capacity':4}", 0));
        all.add(record(RecordedTopic.POLICY, 2, "limit/licence", "{'by':'ann','capacity':10}", 0));
        all.add(graph(1, 7, 10, "'licence':1"));
        all.add(graph(2, 8, 5, ""));
        for (int task = 0; task < 10; task++) {
            all.add(ended(1, 7, task, 1 + task));
        }
        for (int task = 0; task < 5; task++) {
            all.add(ended(2, 8, task, 11 + task));
        }
        return all;
    }

    private static void write(Path file, List<RecordedRecord> records) throws IOException {
        Map<String, String> settings = Map.of(
                "fairness", "resource-group",
                "active.jobs", "1024",
                "commit.per.cycle", "1",
                "cleanup.per.cycle", "1",
                "finalizing.expiry", "6h",
                "dedup.expiry", "24h",
                "refused.backoff", "1s",
                "tick.interval", "5ms",
                "dispatch.capacity", "1024");
        RecordingHeader header = new RecordingHeader(
                "test", 1, OptionalLong.empty(), OptionalLong.empty(), 1, false, new TreeMap<>(settings), List.of());
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), header)) {
            for (RecordedRecord one : records) {
                writer.write(one);
            }
            writer.end();
        }
    }

    private CommandLineRun check(String... more) {
        String[] all = new String[3 + more.length];
        all[0] = "policy";
        all[1] = "check";
        all[2] = policy.toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return CommandLineRun.of(all);
    }

    /** The host is lost, and says later how the task has ended that was given to another one meanwhile. */
    @Test
    void tasksThatLostTheirHostsTakeNoSlots() throws IOException {
        List<RecordedRecord> all = theDay();
        all.add(record(RecordedTopic.POLICY, 3, "pool/p", "{'by':'ann','placement':'hosts'}", 0));
        all.add(record(
                RecordedTopic.HOSTS,
                BEGIN,
                "p",
                "{'pool':'p','host':'h','incarnation':1,'total':{'gpu':1},'labels':{},'present':true}",
                RecordedRecord.NO_NUMBER));
        String assigned = "{'resource_group_id':2,'job_id':8,'session_id':1,'kind':'TASK','task_index':0,'attempt':0,"
                + "'ready_at':%s,'pool':'p'}".formatted(BEGIN);
        all.add(record(RecordedTopic.DISPATCH, "p", BEGIN, "8", assigned, 0, 16));
        all.add(outcome("REFUSED", 2, 8, 0, 16, BEGIN));
        all.add(outcome("KILLED", 2, 8, 0, 16, BEGIN + 10_000));
        write(day, all);
        assertThat(check("--replay", day.toString()).stdout()).contains("replayed on 15 slots");
    }

    @Test
    void aReplayTellsWhoWouldWaitLongerAndHowMuchOfALimitIsInUse() {
        CommandLineRun run = check("--replay", day.toString());
        assertThat(run.stderr()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout().lines())
                .containsExactly(
                        policy + ": 1 entries, no mistakes",
                        "",
                        "2 jobs since 2027-01-15T08:00:00Z, replayed on 15 slots",
                        "",
                        "waiting time: p50 / p99   recorded         now          two.yaml",
                        "  all                            -   0 s / 0 s   10.1 s / 40.0 s",
                        "  group 1 (10 tasks)             -   0 s / 0 s   20.2 s / 40.0 s",
                        "  group 2 (5 tasks)              -   0 s / 0 s         0 s / 0 s",
                        "",
                        "units of limits in use: mean / most of capacity   recorded                  now           two.yaml",
                        "  limit/licence                                          -   100.0 % / 10 of 10   100.0 % / 2 of 2",
                        "",
                        "two.yaml instead of now: 0 groups wait less, 1 group waits longer, by their mean",
                        "  lost most: group 1 (10 tasks), 0 s before, now 20.0 s");
    }

    @Test
    void theFleetMayHaveAnotherSize() {
        assertThat(check("--replay", day.toString(), "--slots", "5").stdout())
                .contains("replayed on 5 slots", "limit/licence");
        CommandLineRun wrong = check("--replay", day.toString(), "--slots", "0");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.stderr()).contains("--slots=0: must be from 1 to ");
    }

    @Test
    void theSizeOfTheFleetWithoutADayIsRefused() {
        CommandLineRun run = check("--slots", "5");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).contains("--slots=5: is the size of the fleet of a replay: give --replay, too");
    }

    @Test
    void aDayWithoutOutcomesNeedsTheSizeOfItsFleet() throws IOException {
        Path silent = temp.resolve("silent.jsonl.gz");
        write(silent, List.of(graph(2, 8, 5, "")));
        CommandLineRun run = check("--replay", silent.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stderr())
                .isEqualTo("yardmaster: " + silent + ": the recording has no outcomes: give --slots N\n");
        CommandLineRun sized = check("--replay", silent.toString(), "--slots", "3");
        assertThat(sized.stderr()).isEmpty();
        assertThat(sized.stdout()).contains("1 job since", "replayed on 3 slots");
    }

    @Test
    void aRecordingThatCannotBeReadIsOneLine() {
        CommandLineRun run = check("--replay", temp.resolve("none.gz").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stderr()).contains("none.gz: no such file").hasLineCount(1);
    }
}
