package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

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
    void whatTheBrokerAbortedIsDoneAgain() {
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
