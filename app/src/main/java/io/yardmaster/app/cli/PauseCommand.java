package io.yardmaster.app.cli;

import io.yardmaster.schemas.CommandType;
import picocli.CommandLine.Command;

/** Pauses jobs. */
@Command(
        name = "pause",
        description = {
            "Pause jobs: their tasks wait until 'resume', and so do those that become ready meanwhile. Tasks that were",
            "dispatched go on."
        })
public final class PauseCommand extends JobsCommandLine {
    public PauseCommand() {
        super(CommandType.PAUSE);
    }
}
