package io.yardmaster.core.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the state: session, kind of entry, then the numbers that name it; all big-endian. All entries of a session lie
 * together, so that a newer session voids them with one range (S11).
 */
public final class Keys {
    public static final byte PAGE = 'R';
    /** Pages of layout 1, which lie under the id of their job. */
    public static final byte OLD_QUEUE_PAGE = 'P';

    public static final byte OLD_SEEN_PAGE = 'S';

    /** Dispatched tasks of graphs that have not ended. */
    private static final byte AWAITED = 'T';

    /** Bits of the assignments that have ended. */
    private static final byte ENDED = 'E';

    private static final byte JOB = 'J';
    private static final byte ACTIVE = 'A';
    private static final byte GROUP = 'G';
    /** Groups in other levels than the normal one, which is that of priority 0. */
    private static final byte LEVEL_GROUP = 'L';

    private static final byte SHAPE = 'N';
    private static final byte WAITING_LIST = 'W';
    private static final byte HOLDING = 'H';
    private static final byte ACCOUNT = 'D';

    private static final byte RATE = (byte) 0xF1;
    private static final byte POOL_RATE = (byte) 0xF2;

    private static final byte FIFO = 'Q';
    private static final byte LEVEL_FIFO = 'q';

    private long session;

    /** Makes all further keys of this session. */
    public void begin(long newSession) {
        session = newSession;
    }

    public byte[] job(long job) {
        return start(JOB, 8).putLong(job).array();
    }

    /** The prefix of all pages of one kind and owner. */
    public byte[] pages(byte kind, long owner) {
        return start(kind, 8).putLong(owner).array();
    }

    public byte[] page(long owner, int part, int number) {
        return oldPage(PAGE, owner, part, number);
    }

    public byte[] oldPage(byte kind, long job, int level, int number) {
        return start(kind, 16).putLong(job).putInt(level).putInt(number).array();
    }

    public byte[] activeSlots() {
        return start(ACTIVE, 0).array();
    }

    public byte[] activeSlot(int slot) {
        return start(ACTIVE, 4).putInt(slot).array();
    }

    /** The prefix of the groups in one level. */
    public byte[] groups(int level) {
        return level == 0 ? start(GROUP, 0).array() : startLevel(level, 0).array();
    }

    public byte[] group(int level, long group) {
        return level == 0
                ? start(GROUP, 8).putLong(group).array()
                : startLevel(level, 8).putLong(group).array();
    }

    private ByteBuffer startLevel(int level, int more) {
        return start(LEVEL_GROUP, 4 + more).putInt(level);
    }

    /** The prefix of the groups in all levels but the normal one. */
    public byte[] levels() {
        return start(LEVEL_GROUP, 0).array();
    }

    /** The level in the key of a group that is not in the normal one. */
    public static int level(byte[] key) {
        return ByteBuffer.wrap(key).getInt(key.length - 12);
    }

    /** A place in the queue of an owner in another level than the normal one. */
    public byte[] levelFifo(byte kind, int level, long owner, long place) {
        return start(LEVEL_FIFO, 21)
                .put(kind)
                .putInt(level)
                .putLong(owner)
                .putLong(place)
                .array();
    }

    public byte[] endedPage(long page) {
        return start(ENDED, 8).putLong(page).array();
    }

    /** The prefix of the dispatched tasks of graphs that have not ended. */
    public byte[] allAwaited() {
        return start(AWAITED, 0).array();
    }

    /** Dispatched tasks of graphs that have not ended, up to this assignment. */
    public byte[] awaited(long last) {
        return start(AWAITED, 8).putLong(last).array();
    }

    /** The prefix of the needs of tasks. */
    public byte[] shapes() {
        return start(SHAPE, 0).array();
    }

    /** The needs of tasks. */
    public byte[] shape(int id) {
        return start(SHAPE, 4).putInt(id).array();
    }

    /** The prefix of the lists of jobs that wait for limits. */
    public byte[] waitingLists() {
        return start(WAITING_LIST, 0).array();
    }

    public byte[] waitingList(long id) {
        return start(WAITING_LIST, 8).putLong(id).array();
    }

    /** The prefix of the assignments that hold units of limits. */
    public byte[] holdings() {
        return start(HOLDING, 0).array();
    }

    public byte[] holding(long assignment) {
        return start(HOLDING, 8).putLong(assignment).array();
    }

    /** The prefix of the service that groups have had of limits. */
    public byte[] accounts() {
        return start(ACCOUNT, 0).array();
    }

    public byte[] account(long group) {
        return start(ACCOUNT, 8).putLong(group).array();
    }

    public byte[] fifo(byte kind, long owner, long place) {
        return start(FIFO, 17).put(kind).putLong(owner).putLong(place).array();
    }

    /** The prefix of the times of groups with a rate, which outlive sessions, as graphs do. */
    public static byte[] rates() {
        return new byte[] {RATE};
    }

    public static byte[] rate(long group) {
        return ByteBuffer.allocate(9).put(RATE).putLong(group).array();
    }

    /** The prefix of the times of pools with a rate, which outlive sessions, too. */
    public static byte[] poolRates() {
        return new byte[] {POOL_RATE};
    }

    public static byte[] poolRate(String pool) {
        byte[] name = pool.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length).put(POOL_RATE).put(name).array();
    }

    /** The pool of such a key. */
    public static String ratedPool(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    /** The key of the one entry that outlives sessions. Sessions are not negative, so it sorts behind all others. */
    public static byte[] ledger() {
        return new byte[] {(byte) 0xFF};
    }

    public static byte[] lowest() {
        return new byte[1];
    }

    /** The least key of this session; all keys of older sessions sort before it. */
    public byte[] sessionStart() {
        return ByteBuffer.allocate(8).putLong(session).array();
    }

    /** The number that ends the key of a slot or a group. */
    public static long lastLong(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - 8);
    }

    public static int lastInt(byte[] key) {
        return ByteBuffer.wrap(key).getInt(key.length - 4);
    }

    /** The least key that is greater than all keys with this prefix. The prefix does not consist of 0xFF alone. */
    public static byte[] end(byte[] prefix) {
        byte[] end = prefix.clone();
        int i = end.length - 1;
        while (end[i] == (byte) 0xFF) {
            end[i--] = 0;
        }
        end[i]++;
        return end;
    }

    private ByteBuffer start(byte kind, int more) {
        return ByteBuffer.allocate(9 + more).putLong(session).put(kind);
    }
}
