package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StreamThreadFailuresTest {
    private boolean stops;
    private final StreamThreadFailures failures =
            new StreamThreadFailures(() -> false, Duration.ZERO, () -> stops = true);

    private void assertReplaced(Exception cause) {
        assertThat(failures.handle(new StreamsException("while committing", cause)))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(failures.fatal()).isNull();
        assertThat(stops).isFalse();
    }

    @Test
    void anOutageIsWaitedOut() {
        assertReplaced(new TimeoutException("no answer"));
        assertReplaced(new RegistryUnavailableException("no registry", new ConnectException()));
    }

    @Test
    void aTransactionThatTheBrokerAbortedIsDoneAgain() {
        assertReplaced(new InvalidTxnStateException("an attempt in an invalid state"));
    }

    @Test
    void aBrokenInvariantStopsTheInstance() {
        IllegalStateException broken = new IllegalStateException("a job twice in the rotation");
        assertThat(failures.handle(new StreamsException("while processing", broken)))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures.fatal()).isSameAs(broken);
        assertThat(stops).isTrue();
    }

    /** A new thread would not do better without the missing class, and the old one's last work is in doubt. */
    @Test
    void anErrorIsLoggedAndStopsTheInstance() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(StreamThreadFailures.class);
        log.start();
        logger.addAppender(log);
        Error error = new NoClassDefFoundError("io/yardmaster/Replaced");
        try {
            assertThat(failures.handle(error)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(failures.fatal()).isSameAs(error);
        assertThat(stops).isTrue();
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("io/yardmaster/Replaced");
        });
    }

    @Test
    void anInstanceWhoseIdAnotherOneTookStops() {
        assertThat(failures.handle(new FencedInstanceIdException("another one")))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void nothingIsReplacedWhileClosing() {
        StreamThreadFailures closing = new StreamThreadFailures(() -> true, Duration.ZERO, () -> {});
        assertThat(closing.handle(new TimeoutException("no answer")))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }
}
