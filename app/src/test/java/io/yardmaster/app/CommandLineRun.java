package io.yardmaster.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The outcome of a command line in this JVM, for commands that end by themselves. */
public record CommandLineRun(int exitCode, String stdout, String stderr) {

    public static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Yardmaster.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
