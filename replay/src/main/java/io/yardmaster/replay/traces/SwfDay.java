package io.yardmaster.replay.traces;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * A day in the <a href="https://www.cs.huji.ac.il/labs/parallel/workload/swf.html">Standard Workload Format</a>.
 *
 * <ul>
 *   <li>A job is of the resource group in its field 13, group, and has as many tasks as processors in field 5 or, if that is not
 *       known, 8, each of which takes one slot for the job's run time. Its kind of work is its user, field 12.
 *   <li>The submit time, field 2, counts from {@code UnixStartTime} in the header; lines must be in its order, as the format says.
 *   <li>The recorded wait, field 3, is compared with those of the replays. -1 means that it is not known.
 *   <li>A job without a run time, field 4, never ran and is left out. Failed and cancelled ones take as long as they did.
 * </ul>
 */
public final class SwfDay implements Day {
    private static final int FIELDS = 18;
    private static final int SUBMIT = 1;
    private static final int WAIT = 2;
    private static final int RUN = 3;
    private static final int ALLOCATED = 4;
    private static final int REQUESTED = 7;
    private static final int USER = 11;
    private static final int GROUP = 12;
    private static final long SECOND = 1_000;
    private static final double LONGEST = 1e12;
    private static final String START = "; UnixStartTime:";

    private final Path file;
    private final TraceLines lines;
    private final JobNumbers jobs;
    private final String[] fields = new String[FIELDS];
    /** The stage of jobs of so many tasks. */
    private final Map<Integer, List<GraphStage>> stages = new HashMap<>();

    private long epoch;
    private long latest = Long.MIN_VALUE;
    private long neverRan;

    /** Opens a file. */
    public SwfDay(Path file, JobNumbers jobs) {
        this.file = file;
        this.lines = new TraceLines(file);
        this.jobs = jobs;
    }

    @Override
    public Optional<TimedEvent> next() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith(";")) {
                header(line);
            } else if (!line.isBlank()) {
                split(line);
                Optional<TimedEvent> job = job();
                if (job.isPresent()) {
                    return job;
                }
                neverRan++;
            }
        }
        return Optional.empty();
    }

    private void header(String line) {
        if (line.startsWith(START)) {
            String value = line.substring(START.length()).trim();
            try {
                epoch = Math.multiplyExact(Long.parseLong(value), SECOND);
            } catch (NumberFormatException | ArithmeticException e) {
                throw mistake("UnixStartTime is '%s', must be a whole number of seconds".formatted(value));
            }
        }
    }

    private void split(String line) {
        StringTokenizer words = new StringTokenizer(line);
        if (words.countTokens() != FIELDS) {
            throw mistake("has %s fields; a line of the Standard Workload Format has %s"
                    .formatted(words.countTokens(), FIELDS));
        }
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = words.nextToken();
        }
    }

    private Optional<TimedEvent> job() {
        long submit = millis(SUBMIT, "submit time");
        if (submit < latest) {
            throw mistake("the clock goes back: it is submitted at %s s, after a job at %s s"
                    .formatted(fields[SUBMIT], latest / SECOND));
        }
        latest = submit;
        long runtime = millis(RUN, "run time");
        if (runtime < 0) {
            return Optional.empty();
        }
        long at = epoch + submit;
        long wait = millis(WAIT, "wait time");
        long ready = wait < 0 ? RecordedWork.UNKNOWN : at;
        long started = wait < 0 ? RecordedWork.UNKNOWN : at + wait;
        int tasks = tasks();
        long group = number(GROUP, "group");
        RecordedWork work = new StageRuns(1).add(tasks, runtime, ready, started, "user " + fields[USER]);
        return Optional.of(
                TraceEvents.submitted(at, jobs.next(), group, stages.computeIfAbsent(tasks, SwfDay::stages), work));
    }

    private static List<GraphStage> stages(int tasks) {
        return List.of(TraceEvents.stage("job", tasks, List.of()));
    }

    private int tasks() {
        long allocated = number(ALLOCATED, "number of allocated processors");
        long processors = allocated > 0 ? allocated : number(REQUESTED, "number of requested processors");
        if (processors > Integer.MAX_VALUE) {
            throw mistake("has %s processors, may have %s".formatted(processors, Integer.MAX_VALUE));
        }
        return (int) Math.max(1, processors);
    }

    private long number(int field, String name) {
        try {
            return Long.parseLong(fields[field]);
        } catch (NumberFormatException e) {
            throw wrong(field, name, "a whole number");
        }
    }

    /** Negative for an unknown time. */
    private long millis(int field, String name) {
        try {
            double seconds = Double.parseDouble(fields[field]);
            if (Math.abs(seconds) <= LONGEST) {
                return seconds < 0 ? -1 : Math.round(seconds * SECOND);
            }
        } catch (NumberFormatException e) {
            throw wrong(field, name, "a number of seconds");
        }
        throw wrong(field, name, "a number of seconds");
    }

    private RuntimeException wrong(int field, String name, String right) {
        return mistake("field %s, %s, is '%s', must be %s".formatted(field + 1, name, fields[field], right));
    }

    private RuntimeException mistake(String what) {
        return TraceFile.mistake(file, lines.number(), what);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (neverRan > 0) {
            notes.add("%s: left out: %s that never ran".formatted(file, CountText.of(neverRan, "job")));
        }
        return notes;
    }

    @Override
    public void close() {
        lines.close();
    }
}
