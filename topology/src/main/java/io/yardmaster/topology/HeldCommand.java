package io.yardmaster.topology;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A command with what its answer needs.
 *
 * @param offset in the shard's partition of the commands topic
 * @param sentAt epoch ms
 * @param readAt epoch ms
 */
record HeldCommand(JobCommand command, long offset, long sentAt, long readAt) {
    private static final int LAYOUT = 1;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(LAYOUT);
            out.writeLong(offset);
            out.writeLong(sentAt);
            out.writeLong(readAt);
            out.writeLong(command.getJobId());
            out.writeLong(command.getSessionId());
            out.writeUTF(command.getCommand().name());
            out.writeUTF(command.getReason());
            out.writeUTF(command.getBy());
            if (command.getPriority() != 0) {
                out.writeInt(command.getPriority());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static HeldCommand decode(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int layout = in.readByte();
            if (layout != LAYOUT) {
                throw new IllegalStateException(
                        "a held command has layout " + layout + ", this version knows " + LAYOUT);
            }
            long offset = in.readLong();
            long sentAt = in.readLong();
            long readAt = in.readLong();
            JobCommand command = new JobCommand(
                    in.readLong(),
                    in.readLong(),
                    CommandType.valueOf(in.readUTF()),
                    in.readUTF(),
                    in.readUTF(),
                    in.available() > 0 ? in.readInt() : 0);
            return new HeldCommand(command, offset, sentAt, readAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
