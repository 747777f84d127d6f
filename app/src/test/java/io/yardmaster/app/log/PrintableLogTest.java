package io.yardmaster.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import io.yardmaster.topology.config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log as {@code serve} writes it, of messages and exceptions with text from elsewhere. */
class PrintableLogTest {
    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void nothingThatTurnsTextOrAddsLinesReachesTheLog(LogFormat format) {
        String line = logged(context -> {
            Logs.use(context, format);
            context.getLogger("io.yardmaster.X")
                    .warn(
                            "job {} failed",
                            "a\u202eb\n12:00:00.000 INFO forged",
                            new IllegalStateException("c\u2066d\nmore"));
        });
        assertThat(line).hasLineCount(1).contains("a\\u202eb", "c\\u2066d").doesNotContain("\u202e", "\u2066");
    }

    private static String logged(Consumer<LoggerContext> work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(PrintableLogTest.class.getResource("/logback.xml"));
            work.accept(context);
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        } finally {
            context.stop();
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
