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

/**
 * An event about a range of tasks in the state, in a layout that no change of the event's schema touches. The trace is behind all else, and
 * older versions do not read it.
 *
 * @param trace its {@link PackedTrace}; null if it has none
 */
record StoredEvent(JobEvent event, String trace) {
    private static final int LAYOUT = 1;
    private static final int NO_PRIORITY = 0;

    byte[] encode() {
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
            if (trace != null) {
                out.writeUTF(trace);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static StoredEvent decode(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int layout = in.readByte();
            if (layout != LAYOUT) {
                throw new IllegalStateException(
                        "a stored event has layout " + layout + ", this version knows " + LAYOUT);
            }
            JobEvent event = new JobEvent(
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
            return new StoredEvent(event, in.available() == 0 ? null : in.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
