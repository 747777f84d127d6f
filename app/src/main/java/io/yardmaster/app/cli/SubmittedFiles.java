package io.yardmaster.app.cli;

import io.yardmaster.app.jobfile.InputKind;
import io.yardmaster.app.jobfile.JobFileReader;
import io.yardmaster.app.jobs.JobPlan;
import io.yardmaster.app.jobs.WorkflowPlan;
import io.yardmaster.app.storage.ReadyEventsCsv;
import io.yardmaster.app.workflow.InputFiles;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.app.workflow.WorkflowBounds;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a user submits, each checked when it is read. */
final class SubmittedFiles {
    private final int attempts;
    private final WorkflowBounds bounds = new WorkflowBounds();
    private final List<Path> tables = new ArrayList<>();
    private final List<PlannedFile> plans = new ArrayList<>();
    private long events;
    private boolean hasWorkflows;

    /** A file and the job in it. */
    record PlannedFile(Path path, JobPlan plan) {}

    /** @param attempts of a task of a workflow, which does not say that itself */
    SubmittedFiles(int attempts) {
        this.attempts = attempts;
    }

    /** Reads a file, whose kind its name or its content tells; throws if it is not valid. */
    void read(Path file) {
        if (InputKind.isEvents(file.toString())) {
            requireRegular(file);
            events += ReadyEventsCsv.forEach(file, event -> {});
            tables.add(file);
            return;
        }
        try (InputStream in = new BufferedInputStream(InputFiles.open(file))) {
            plans.add(new PlannedFile(file, plan(file.toString(), in)));
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    private JobPlan plan(String file, InputStream in) throws IOException {
        if (InputKind.of(file, in) == InputKind.JOB) {
            return JobFileReader.read(file, in);
        }
        hasWorkflows = true;
        return WorkflowPlan.of(file, WfFormat.read(file, in, bounds), attempts);
    }

    /** A CSV file is read twice, so that all of it is checked before any event is sent, and need not fit in memory. */
    private static void requireRegular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is no regular file, and would have to be read twice");
        }
    }

    /** The files of events. */
    List<Path> tables() {
        return tables;
    }

    /** The number of events in them. */
    long events() {
        return events;
    }

    /** The jobs, in the order of their files. */
    List<PlannedFile> plans() {
        return plans;
    }

    /** Returns whether a job is a workflow in WfFormat. */
    boolean hasWorkflows() {
        return hasWorkflows;
    }
}
