package io.yardmaster.topology;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** An event about a range of tasks in the state, in a layout that no change of the event's schema touches. */
final class StoredEvent {
    private static final int LAYOUT = 1;
    private static final int NO_PRIORITY = 0;

    private StoredEvent() {}

    static byte[] encode(JobEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(LAYOUT);
            out.writeLong(event.getAt().toEpochMilli());
            out.writeLong(event.getJobId());
            out.writeLong(event.getResourceGroupId());
            out.writeLong(event.getSessionId());
            out.writeUTF(event.getWhat().name());
            out.writeInt(event.getFirstTask());
            out.writeLong(event.getTasks());
            out.writeInt(event.getAttempt());
            out.writeUTF(event.getReason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static JobEvent decode(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int layout = in.readByte();
            if (layout != LAYOUT) {
                throw new IllegalStateException(
                        "a stored event has layout " + layout + ", this version knows " + LAYOUT);
            }
            return new JobEvent(
                    Instant.ofEpochMilli(in.readLong()),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    JobEventKind.valueOf(in.readUTF()),
                    in.readInt(),
                    in.readLong(),
                    in.readInt(),
                    in.readUTF(),
                    "",
                    NO_PRIORITY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
