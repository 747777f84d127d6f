package io.yardmaster.replay.fidelity;

import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickLogReader;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.recording.DayEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The part of the record of ticks that an assignment carries.
 *
 * @param previous number of the assignment that carried the part before; {@link #NONE} if its scheduler has just been opened
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record CarriedTicks(DayEntry.Assigned carrier, long previous, byte[] log) {
    static final long NONE = -1;

    /** Unpacks the part of an assignment that carries one. Throws {@link InvalidDayException} if that is too short to be one. */
    static CarriedTicks of(DayEntry.Assigned carrier) {
        try {
            byte[] all = Base64.getDecoder().decode(carrier.ticks().orElseThrow());
            if (all.length >= Long.BYTES) {
                return new CarriedTicks(
                        carrier, ByteBuffer.wrap(all).getLong(), Arrays.copyOfRange(all, Long.BYTES, all.length));
            }
        } catch (IllegalArgumentException e) {
            throw wrong(carrier, e.getMessage());
        }
        throw wrong(carrier, "it is too short");
    }

    /** The calls in it, if it is the first part of all. */
    List<LoggedCall> first() {
        return calls(new TickLogReader());
    }

    /** The calls in it. The reader must have read all parts before. */
    List<LoggedCall> calls(TickLogReader reader) {
        try {
            return reader.read(log);
        } catch (IllegalArgumentException e) {
            throw wrong(carrier, e.getMessage());
        }
    }

    private static InvalidDayException wrong(DayEntry.Assigned carrier, String reason) {
        return new InvalidDayException("assignment %s of shard %s has a record of ticks that cannot be read: %s"
                .formatted(carrier.number(), carrier.shard(), reason));
    }
}
