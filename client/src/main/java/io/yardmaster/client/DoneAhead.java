package io.yardmaster.client;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The offsets done behind a committed position: all below {@code end} except {@code open}. They travel in the metadata
 * of the committed offset, so that the partition's next owner does not run again assignments that finished out of
 * order.
 */
record DoneAhead(long end, NavigableSet<Long> open) {
    static final DoneAhead NOTHING = new DoneAhead(Long.MIN_VALUE, Collections.emptyNavigableSet());

    /** Half of what brokers accept by default ({@code offset.metadata.max.bytes}). */
    static final int MAX_LENGTH = 2048;

    private static final String TAG = "yardmaster:1:";
    private static final int LONGEST_NUMBER = 20;

    boolean isDone(long offset) {
        return offset < end && !open.contains(offset);
    }

    /** If not all open offsets fit, those at or after the first one left out count as not done. */
    String encode(long position) {
        if (end <= position) {
            return "";
        }
        var gaps = new StringBuilder();
        long covered = end;
        for (long offset : open) {
            if (TAG.length() + gaps.length() + 2 * LONGEST_NUMBER > MAX_LENGTH) {
                covered = offset;
                break;
            }
            gaps.append(gaps.isEmpty() ? "" : ",").append(offset - position);
        }
        return TAG + (covered - position) + ":" + gaps + ":";
    }

    /** Nothing if the metadata has another form, such as another client's: some work is repeated, none is missed. */
    static DoneAhead decode(long position, String metadata) {
        if (metadata == null || !metadata.startsWith(TAG)) {
            return NOTHING;
        }
        String[] parts = metadata.substring(TAG.length()).split(":", -1);
        if (parts.length != 3) {
            return NOTHING;
        }
        try {
            var open = new TreeSet<Long>();
            if (!parts[1].isEmpty()) {
                for (String gap : parts[1].split(",", -1)) {
                    open.add(position + Long.parseLong(gap));
                }
            }
            return new DoneAhead(position + Long.parseLong(parts[0]), open);
        } catch (NumberFormatException e) {
            return NOTHING;
        }
    }
}
