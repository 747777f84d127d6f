package io.yardmaster.topology.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.views.DeadLetterTail;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class UpkeepTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Upkeep.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicInteger rounds = new AtomicInteger();

    /** A client without a broker: the upkeep logs its failure once, with another reason than the tests'. */
    private final Admin admin = Admin.create(
            Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "20", "request.timeout.ms", "10"));

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(log);
        admin.close();
    }

    private Upkeep begun(String groupType, DeadLetterTail letters, Runnable inEachRound) {
        Upkeep upkeep = prepared(groupType, letters, inEachRound);
        upkeep.begin();
        return upkeep;
    }

    private Upkeep prepared(String groupType, DeadLetterTail letters, Runnable inEachRound) {
        SchedulerConfig config = SchedulerConfig.from(
                Map.of("schema.registry.url", "mock://upkeep-test", "dispatch.group.type", groupType));
        return new Upkeep(
                admin,
                config,
                () -> PolicySnapshot.NONE,
                letters,
                () -> {
                    rounds.incrementAndGet();
                    inEachRound.run();
                    return false;
                },
                () -> 0,
                Duration.ofMillis(1));
    }

    private void assertLogged(String failure) {
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.endsWith(failure))
                .containsExactly("the upkeep of the topics failed and will be tried again: " + failure);
    }

    @Test
    void anErrorIsLoggedOnceAndDoesNotEndIt() {
        try (DeadLetterTail letters = new DeadLetterTail("dead", () -> null);
                Upkeep upkeep = begun("consumer", letters, () -> {
                    throw new NoClassDefFoundError("io/yardmaster/Replaced");
                })) {
            await().atMost(PATIENCE).until(() -> rounds.get() >= 3);
            assertThat(upkeep.givenUp()).isZero();
        }
        assertLogged("java.lang.NoClassDefFoundError: io/yardmaster/Replaced");
    }

    /** Else records that were lost would be noticed only if no group moved on before the next look. */
    @ParameterizedTest
    @ValueSource(strings = {"consumer", "share"})
    void withoutAnAnswerOfKafkaNobodyMayStart(String groupType) {
        try (DeadLetterTail letters = new DeadLetterTail("dead", () -> null);
                Upkeep upkeep = prepared(groupType, letters, () -> {})) {
            assertThatThrownBy(upkeep::start).isInstanceOf(RetriableException.class);
        }
    }

    @Test
    void deadLettersThatCannotBeReadKeepItFromNothingElse() {
        DeadLetterTail broken = new DeadLetterTail("dead", () -> {
            throw new IllegalStateException("no such consumer");
        });
        try (broken;
                Upkeep upkeep = begun("share", broken, () -> {})) {
            await().atMost(PATIENCE).until(() -> rounds.get() >= 3);
            assertThat(upkeep.givenUp()).isZero();
        }
        assertLogged("java.lang.IllegalStateException: no such consumer");
    }
}
