package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RestoreProgressTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RestoreProgress restoring = new RestoreProgress(nanos::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(RestoreProgress.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void manyPartitionsAreTwoLines() {
        for (int partition = 0; partition < 3; partition++) {
            restoring.onRestoreStart(changelog(partition), Names.STATE_STORE, 10, 110);
        }
        assertThat(restoring.shards()).isEqualTo(3);
        assertThat(restoring.remaining()).isEqualTo(300);
        restoring.onBatchRestored(changelog(1), Names.STATE_STORE, 50, 40);
        assertThat(restoring.remaining()).isEqualTo(260);
        nanos.set(TimeUnit.MILLISECONDS.toNanos(2_500));
        for (int partition = 0; partition < 3; partition++) {
            restoring.onRestoreEnd(changelog(partition), Names.STATE_STORE, 100);
        }
        assertThat(restoring.shards()).isZero();
        assertThat(restoring.remaining()).isZero();
        restoring.running();
        restoring.running();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "restoring state, beginning with shard 0: 100 records",
                        "restored 300 records of 3 shard(s) in 2.5 s");
    }

    @Test
    void nothingIsLoggedOfEmptyRestorationsAndOtherStores() {
        restoring.onRestoreStart(changelog(0), Names.STATE_STORE, 5, 5);
        restoring.onRestoreStart(new TopicPartition("sessions", 0), Names.SESSIONS_STORE, 0, 9);
        restoring.onRestoreEnd(new TopicPartition("sessions", 0), Names.SESSIONS_STORE, 9);
        restoring.onRestoreEnd(changelog(0), Names.STATE_STORE, 0);
        restoring.running();
        assertThat(log.list).isEmpty();
    }

    @Test
    void aRestorationOfAShardThatIsTakenAwayIsOver() {
        restoring.onRestoreStart(changelog(0), Names.STATE_STORE, 0, 100);
        restoring.onRestoreSuspended(changelog(0), Names.STATE_STORE, 40);
        assertThat(restoring.shards()).isZero();
        assertThat(restoring.remaining()).isZero();
    }

    private static TopicPartition changelog(int partition) {
        return new TopicPartition("changelog", partition);
    }
}
