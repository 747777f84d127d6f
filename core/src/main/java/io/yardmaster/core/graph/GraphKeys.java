package io.yardmaster.core.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of graphs, which outlive sessions: they sort behind all keys that begin with a session. */
final class GraphKeys {
    /** Under an owner: the definitions of 32 stages, their states, a payload, and so on. */
    static final byte DEFINITIONS = 'D';

    static final byte STATES = 'S';
    static final byte PAYLOAD = 'P';
    static final byte FIRST_TASKS = 'I';
    static final byte AGENDA = 'A';
    static final byte MARKS = 'T';
    static final byte PART = 'W';
    static final byte BEFORE = 'Q';
    static final byte FAILURE = 'F';
    /** The job's name, which no decision asks for; a version that does not know this kind passes over it. */
    static final byte NAME = 'N';

    static final byte PATHS = 'V';

    private static final byte ALL = (byte) 0xF0;
    private static final byte ROOT = 'J';
    private static final byte OWNED = 'O';
    private static final byte BUSY = 'B';
    private static final byte GARBAGE = 'X';
    private static final byte RETRY = 'R';
    private static final byte COLLECTED = 'C';
    private static final byte COLLECTED_SINCE = 'E';
    private static final byte ENDED = 'K';
    private static final byte ENDED_SINCE = 'L';

    private GraphKeys() {}

    private static ByteBuffer start(byte kind, int more) {
        return ByteBuffer.allocate(2 + more).put(ALL).put(kind);
    }

    static byte[] roots() {
        return start(ROOT, 0).array();
    }

    static byte[] root(long job) {
        return start(ROOT, 8).putLong(job).array();
    }

    static byte[] busy() {
        return start(BUSY, 0).array();
    }

    static byte[] busy(long turn, long job) {
        return start(BUSY, 16).putLong(turn).putLong(job).array();
    }

    /** The prefix of all that has this owner. */
    static byte[] owned(long owner) {
        return start(OWNED, 8).putLong(owner).array();
    }

    static byte[] owned(long owner, byte kind, int major, int minor) {
        return start(OWNED, 17)
                .putLong(owner)
                .put(kind)
                .putInt(major)
                .putInt(minor)
                .array();
    }

    static byte[] garbage() {
        return start(GARBAGE, 0).array();
    }

    static byte[] garbage(long owner) {
        return start(GARBAGE, 8).putLong(owner).array();
    }

    static byte[] retries() {
        return start(RETRY, 0).array();
    }

    static byte[] retry(long due, long job, int index) {
        return start(RETRY, 20).putLong(due).putLong(job).putInt(index).array();
    }

    static byte[] collected(long job) {
        return start(COLLECTED, 8).putLong(job).array();
    }

    static byte[] collectedSince() {
        return start(COLLECTED_SINCE, 0).array();
    }

    static byte[] collectedSince(long age, long job) {
        return start(COLLECTED_SINCE, 16).putLong(age).putLong(job).array();
    }

    static byte[] ended(long job) {
        return start(ENDED, 8).putLong(job).array();
    }

    static byte[] endedSince() {
        return start(ENDED_SINCE, 0).array();
    }

    static byte[] endedSince(long age, long owner) {
        return start(ENDED_SINCE, 16).putLong(age).putLong(owner).array();
    }

    /** The first number behind the kind in a key of {@link #owned}. */
    static int major(byte[] owned) {
        return ByteBuffer.wrap(owned).getInt(2 + 8 + 1);
    }

    /** The number at this place among those that follow the key's kind. */
    static long number(byte[] key, int place) {
        return ByteBuffer.wrap(key).getLong(2 + 8 * place);
    }

    /** The least key that is greater than this one. */
    static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
