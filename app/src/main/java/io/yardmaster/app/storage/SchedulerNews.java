package io.yardmaster.app.storage;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Reads which events the scheduler has refused, and which session is the newest. */
public final class SchedulerNews implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition sessions;
    private long newestSession = -1;

    /** Reads the dead letters that come from now on. The consumer has no group, and is closed by this. */
    public SchedulerNews(Consumer<byte[], byte[]> consumer, String deadLetterTopic, String sessionsTopic) {
        this.consumer = consumer;
        this.sessions = new TopicPartition(sessionsTopic, 0);
        List<TopicPartition> letters = consumer.partitionsFor(deadLetterTopic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        List<TopicPartition> all = new ArrayList<>(letters);
        all.add(sessions);
        consumer.assign(all);
        consumer.seekToBeginning(List.of(sessions));
        consumer.seekToEnd(letters);
        letters.forEach(consumer::position); // the seek is lazy
    }

    /** The refusals since the last call. Does not wait. */
    List<Refusal> poll() {
        List<Refusal> refused = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> news : consumer.poll(Duration.ZERO)) {
            if (news.topic().equals(sessions.topic())) {
                newestSession =
                        Math.max(newestSession, Epoch.read(news.headers()).orElse(-1));
            } else if (news.key() != null && news.key().length == Long.BYTES) {
                refused.add(new Refusal(
                        text(news, EventSender.SENDER_HEADER),
                        ByteBuffer.wrap(news.key()).getLong(),
                        text(news, Topic.REASON_HEADER)));
            }
        }
        return refused;
    }

    /** The newest session that was read; -1 before the first. */
    long newestSession() {
        return newestSession;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static String text(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
