package io.yardmaster.app.cli;

import io.yardmaster.schemas.CommandType;
import picocli.CommandLine.Command;

/** Cancels jobs. */
@Command(
        name = "cancel",
        description = {
            "Cancel jobs: their waiting tasks are discarded, and execution managers that understand it stop the tasks that they",
            "have. Later events about such a job are ignored, but for its cleanup task, which still runs."
        })
public final class CancelCommand extends JobsCommandLine {
    public CancelCommand() {
        super(CommandType.CANCEL);
    }
}
