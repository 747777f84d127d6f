package io.yardmaster.app.cli;

import io.yardmaster.schemas.CommandType;
import picocli.CommandLine.Command;

/** Ends the pause of jobs. */
@Command(name = "resume", description = "Let paused jobs go on.")
public final class ResumeCommand extends JobsCommandLine {
    public ResumeCommand() {
        super(CommandType.RESUME);
    }
}
