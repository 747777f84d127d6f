package io.yardmaster.bench.process;

import java.util.Map;

/** Carries out the commands that a child JVM gets from its parent. */
public interface CommandHandler extends AutoCloseable {
    /** Returns when the command is done; the answer may be empty. */
    Map<String, String> handle(String command, Map<String, String> arguments) throws Exception;

    @Override
    void close();
}
