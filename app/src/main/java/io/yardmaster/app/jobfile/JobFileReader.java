package io.yardmaster.app.jobfile;

import io.yardmaster.app.jobfile.YamlNode.Entry;
import io.yardmaster.app.jobs.JobPlan;
import io.yardmaster.app.jobs.StageCheck;
import io.yardmaster.app.work.StageCommand;
import io.yardmaster.app.workflow.InputTooLargeException;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.When;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a job that a user has written in YAML: its stages, in their order, and the command that the tasks of each run.
 *
 * <ul>
 *   <li>The keys are those of {@link JobFileKeys}; others are refused, with the nearest one.
 *   <li>All mistakes are named, each with its line, up to twenty.
 *   <li>A file has at most 16 MB, 2,500,000 values, and what {@link GraphLimits} allows. Anchors, aliases and tags are
 *       refused, so that a small file stays small.
 * </ul>
 */
public final class JobFileReader {
    static final int MOST_BYTES = 16 << 20;
    private static final int PRIORITY = 1_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final FileMistakes mistakes;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Lines> lines = new ArrayList<>();

    /** The lines on which a stage, its command, and each of its dependencies begin. */
    private record Lines(int stage, int run, List<Integer> after) {}

    private JobFileReader(FileMistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * Reads and checks a file.
     *
     * @param file its name, for messages
     * @throws InvalidInputException one line for each mistake, which names the file and the line
     */
    public static JobPlan read(String file, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InputTooLargeException("%s: is larger than %s MB, the most that is read of a job's file"
                    .formatted(file, MOST_BYTES >> 20));
        }
        FileMistakes mistakes = new FileMistakes(file);
        return new JobFileReader(mistakes).job(document(file, bytes, mistakes));
    }

    private static YamlNode document(String file, byte[] bytes, FileMistakes mistakes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + ": is not in UTF-8");
        }
        String begin = "\uFEFF";
        Optional<YamlNode> root = YamlReader.read(text.startsWith(begin) ? text.substring(1) : text, mistakes);
        return root.filter(node -> !node.isNothing())
                .orElseThrow(() -> new InvalidInputException(
                        file + ": is empty: a job has at least the keys job, a name, and stages"));
    }

    private JobPlan job(YamlNode root) {
        FileValues job = new FileValues(root, "the job", JobFileKeys.OF_JOB, mistakes);
        if (!root.isMapping()) {
            mistakes.check();
        }
        job.needed(JobFileKeys.JOB, "a name");
        Optional<String> name = job.name(JobFileKeys.JOB, GraphLimits.JOB_NAME);
        Optional<Long> group = job.number(JobFileKeys.GROUP, 0, Long.MAX_VALUE);
        Optional<Long> priority = job.number(JobFileKeys.PRIORITY, -PRIORITY, PRIORITY);
        Optional<OnFailure> onFailure = job.oneOf(JobFileKeys.ON_FAILURE, List.of(OnFailure.STOP, OnFailure.CONTINUE));
        job.needed(JobFileKeys.STAGES, "a mapping of the stages' names").ifPresent(this::stages);
        checkGraph();
        mistakes.check();
        addCommands();
        mistakes.check();
        JobPlan.Terms terms = new JobPlan.Terms(
                group.map(OptionalLong::of).orElse(OptionalLong.empty()),
                priority.map(Math::toIntExact).orElse(0),
                false,
                false,
                onFailure.orElse(OnFailure.STOP));
        return new JobPlan(name.orElseThrow(), terms, stages);
    }

    private void stages(YamlNode all) {
        if (!all.isMapping() || all.entries().isEmpty()) {
            mistakes.add(
                    all.line(),
                    "stages must be a mapping of the stages' names, with one or more stages, not "
                            + (all.isMapping() ? "empty" : all.kind()));
            return;
        }
        if (all.entries().size() > GraphLimits.STAGES) {
            throw mistakes.last(
                    all.line(),
                    "there are %s stages, and a job may have %s: one stage can have many tasks"
                            .formatted(all.entries().size(), GraphLimits.STAGES));
        }
        all.entries().forEach(this::stage);
    }

    private void stage(Entry entry) {
        String name = entry.key();
        FileValues.isName(mistakes.at(entry.line()), "the name of a stage", name, GraphLimits.STAGE_NAME);
        FileValues values = new FileValues(entry.value(), "stage '" + name + "'", JobFileKeys.OF_STAGE, mistakes);
        AfterValue after = new AfterValue(name, mistakes);
        values.entry(JobFileKeys.AFTER).ifPresent(value -> after.read(value.value()));
        stages.add(new Stage(
                name,
                values.number(JobFileKeys.TASKS, 1, GraphLimits.TASKS)
                        .map(Math::toIntExact)
                        .orElse(1),
                after.all(),
                values.oneOf(JobFileKeys.WHEN, List.of(When.ALL, When.ANY, When.ENDED))
                        .orElse(When.ALL),
                values.number(JobFileKeys.ATTEMPTS, 1, GraphLimits.ATTEMPTS)
                        .map(Math::toIntExact)
                        .orElse(1),
                values.duration(JobFileKeys.BACKOFF, Duration.ZERO, GraphLimits.TIME)
                        .map(Duration::toMillis)
                        .orElse(0L),
                values.duration(JobFileKeys.TIMEOUT, SHORTEST, GraphLimits.TIME)
                        .map(Duration::toMillis)
                        .orElse(0L),
                values.text(JobFileKeys.RUN).map(StandardCharsets.UTF_8::encode).orElse(Payload.NONE),
                values.entry(JobFileKeys.NEEDS)
                        .map(needs -> NeedsValue.read(name, needs.value(), mistakes))
                        .orElse(Map.of()),
                pool(values, name),
                values.number(JobFileKeys.PRIORITY, -GraphLimits.STAGE_PRIORITY, GraphLimits.STAGE_PRIORITY)
                        .map(Math::toIntExact)
                        .orElse(0),
                values.entry(JobFileKeys.LABELS)
                        .map(labels -> LabelsValue.read(name, labels.value(), mistakes))
                        .orElse(Map.of()),
                values.truth(JobFileKeys.GANG).orElse(false)));
        lines.add(new Lines(
                entry.line(), values.entry(JobFileKeys.RUN).map(Entry::line).orElse(entry.line()), after.lines()));
    }

    private String pool(FileValues values, String stage) {
        Optional<String> pool = values.text(JobFileKeys.POOL);
        if (pool.isPresent() && !pool.get().matches(GraphLimits.POOL_NAME)) {
            mistakes.add(
                    values.entry(JobFileKeys.POOL).orElseThrow().line(),
                    "pool of stage '%s' must be the name of a pool, up to 32 of a-z, 0-9 and '-', the first a letter or digit, not '%s'"
                            .formatted(stage, pool.get()));
            return "";
        }
        return pool.orElse("");
    }

    private void checkGraph() {
        for (StageCheck.Mistake mistake : StageCheck.of(stages)) {
            int line = 1;
            if (mistake.stage() >= 0) {
                Lines of = lines.get(mistake.stage());
                line = mistake.dependency() < 0 ? of.stage : of.after.get(mistake.dependency());
            }
            mistakes.add(line, mistake.text());
        }
    }

    /** The command of a stage says where its tasks are in the job, which is known when all stages are. */
    private void addCommands() {
        int first = 0;
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (stage.getPayload().hasRemaining()) {
                String run = StandardCharsets.UTF_8.decode(stage.getPayload()).toString();
                byte[] payload = new StageCommand(stage.getName(), first, stage.getTasks(), run).toPayload();
                if (payload.length > GraphLimits.PAYLOAD_BYTES) {
                    mistakes.add(
                            lines.get(i).run,
                            "run of stage '%s' is too long: as it goes into each assignment it takes %s bytes, and may take %s; put it into a script"
                                    .formatted(stage.getName(), payload.length, GraphLimits.PAYLOAD_BYTES));
                }
                stages.set(i, withPayload(stage, payload));
            }
            first += stage.getTasks();
        }
    }

    private static Stage withPayload(Stage stage, byte[] payload) {
        return new Stage(
                stage.getName(),
                stage.getTasks(),
                stage.getAfter(),
                stage.getWhen(),
                stage.getAttempts(),
                stage.getBackoffMs(),
                stage.getTimeoutMs(),
                ByteBuffer.wrap(payload),
                stage.getNeeds(),
                stage.getPool(),
                stage.getPriority(),
                stage.getLabels(),
                stage.getGang());
    }
}
