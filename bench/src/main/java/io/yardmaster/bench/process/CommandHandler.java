package io.yardmaster.bench.process;

import java.util.Map;

/** What a child JVM does when it is told to. */
public interface CommandHandler extends AutoCloseable {
    /** Returns when it is done; the answer may be empty. */
    Map<String, String> handle(String command, Map<String, String> arguments) throws Exception;

    @Override
    void close();
}
