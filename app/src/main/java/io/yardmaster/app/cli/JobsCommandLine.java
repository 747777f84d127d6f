package io.yardmaster.app.cli;

import io.yardmaster.schemas.CommandType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command line that asks for the same about each of several jobs. */
abstract class JobsCommandLine extends JobCommandLine {
    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids of jobs.")
    private List<String> jobs = new ArrayList<>();

    JobsCommandLine(CommandType type) {
        super(type);
    }

    @Override
    List<String> jobs() {
        return jobs;
    }
}
