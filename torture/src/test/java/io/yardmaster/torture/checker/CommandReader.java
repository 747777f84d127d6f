package io.yardmaster.torture.checker;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Topic;
import io.yardmaster.torture.checker.CommandEvidence.Asked;
import io.yardmaster.torture.checker.CommandEvidence.Killed;
import io.yardmaster.torture.checker.CommandEvidence.Refused;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads the evidence about commands. */
final class CommandReader {
    private CommandReader() {}

    /** @param deadLetters the name of their topic */
    static CommandEvidence read(TopicReader topics, String deadLetters) {
        List<Refused> refused = new ArrayList<>();
        topics.each(deadLetters, message -> refused.add(refused(message)));
        return new CommandEvidence(
                topics.all(Topic.COMMANDS, CommandReader::asked),
                topics.all(Topic.EVENTS, CommandReader::told),
                topics.all(Topic.KILLS, CommandReader::killed),
                refused);
    }

    private static Asked asked(ConsumerRecord<byte[], byte[]> message, JobCommand command) {
        return new Asked(
                "%s-%d@%d".formatted(message.topic(), message.partition(), message.offset()),
                ByteBuffer.wrap(message.key()).getLong(),
                command.getSessionId(),
                command.getJobId(),
                command.getCommand(),
                command.getPriority(),
                command.getReason(),
                command.getBy());
    }

    private static Told told(ConsumerRecord<byte[], byte[]> message, JobEvent event) {
        return new Told(
                message.partition(),
                message.offset(),
                message.timestamp(),
                EvidenceReader.epoch(message),
                event.getSessionId(),
                event.getJobId(),
                event.getResourceGroupId(),
                event.getWhat(),
                event.getFirstTask(),
                event.getTasks(),
                event.getAttempt(),
                event.getPriority(),
                event.getReason(),
                event.getBy(),
                source(message));
    }

    private static Killed killed(ConsumerRecord<byte[], byte[]> message, Kill kill) {
        return new Killed(
                kill.getJobId(),
                kill.getAssignmentId(),
                kill.getSessionId(),
                EvidenceReader.epoch(message),
                kill.getReason(),
                kill.getBy(),
                kill.getFirstTask(),
                kill.getTasks());
    }

    private static Refused refused(ConsumerRecord<byte[], byte[]> message) {
        return new Refused(source(message), text(message, Topic.REASON_HEADER));
    }

    private static String source(ConsumerRecord<byte[], byte[]> message) {
        return text(message, DeadLetterHeaders.SOURCE);
    }

    private static String text(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
