package io.yardmaster.app.replay;

import io.yardmaster.app.jobfile.JobFileReader;
import io.yardmaster.app.jobs.JobPlan;
import io.yardmaster.app.jobs.WorkflowPlan;
import io.yardmaster.app.workflow.InputFiles;
import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.app.workflow.WorkflowBounds;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.MergedDay;
import io.yardmaster.replay.recording.RecordingDay;
import io.yardmaster.replay.traces.AlibabaDay;
import io.yardmaster.replay.traces.JobNumbers;
import io.yardmaster.replay.traces.PodDay;
import io.yardmaster.replay.traces.SwfDay;
import io.yardmaster.replay.traces.TraceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the files of a replay as one day. */
public final class DayInputs {
    private static final int ONCE = 1;

    private final Optional<DayFormat> format;
    private final JobNumbers jobs = new JobNumbers();
    private final WorkflowBounds bounds = new WorkflowBounds();
    private final List<Day> days = new ArrayList<>();
    private final List<JobPlan> plans = new ArrayList<>();

    private DayInputs(Optional<DayFormat> format) {
        this.format = format;
    }

    /**
     * The day in these files, of which there is at least one.
     *
     * @param format of all files; empty if each file's name or beginning tells it
     * @throws InvalidDayException if they make no day together
     */
    public static Day open(List<Path> files, Optional<DayFormat> format) {
        DayInputs inputs = new DayInputs(format);
        try {
            files.forEach(inputs::open);
            return inputs.day(files);
        } catch (RuntimeException e) {
            inputs.days.forEach(Day::close);
            throw e;
        }
    }

    private void open(Path file) {
        try (InputStream in = TraceFile.open(file)) {
            DayFormat known = format.isPresent() ? format.get() : DayFormat.of(file.toString(), in);
            switch (known) {
                case SWF -> days.add(new SwfDay(file, jobs));
                case ALIBABA -> days.add(new AlibabaDay(file, jobs));
                case ALIBABA_PODS -> days.add(new PodDay(file, jobs));
                case WFFORMAT ->
                    plans.add(WorkflowPlan.of(file.toString(), WfFormat.read(file.toString(), in, bounds), ONCE));
                case RECORDING -> days.add(RecordingDay.open(file));
                case JOB -> plans.add(JobFileReader.read(file.toString(), in));
            }
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    private Day day(List<Path> files) {
        if (days.isEmpty()) {
            return new FileJobs(plans, jobs);
        }
        if (!plans.isEmpty()) {
            throw new InvalidDayException(
                    "%s: traces, which say when each job came, and jobs, which do not, make no day together"
                            .formatted(files.get(0)));
        }
        return days.size() == 1 ? days.get(0) : new MergedDay(days);
    }
}
