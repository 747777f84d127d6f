package io.yardmaster.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.yardmaster.topology.config.LogFormat;
import org.slf4j.LoggerFactory;

/** Changes the logging that {@code logback.xml} sets up. */
public final class Logs {
    private static final String OURS = "io.yardmaster";

    private Logs() {}

    /** Writes the log to stderr in this format from now on. */
    public static void use(LogFormat format) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            use(context, format);
        }
    }

    static void use(LoggerContext context, LogFormat format) {
        if (format == LogFormat.JSON) {
            useJson(context);
        }
    }

    private static void useJson(LoggerContext context) {
        PrintableJson encoder = new PrintableJson();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("JSON");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }

    /** Logs only warnings and errors from now on, for a command that paints its own progress. */
    public static void warningsOnly() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(OURS).setLevel(Level.WARN);
        }
    }
}
