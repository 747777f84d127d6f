package io.yardmaster.app.work;

import java.nio.charset.StandardCharsets;

/** The last bytes of an output. */
final class OutputTail {
    private final byte[] bytes;
    private int end;
    private int length;

    OutputTail(int capacity) {
        this.bytes = new byte[capacity];
    }

    void add(byte[] added, int from, int until) {
        for (int i = Math.max(from, until - bytes.length); i < until; i++) {
            bytes[end] = added[i];
            end = (end + 1) % bytes.length;
        }
        length = Math.min(bytes.length, length + until - from);
    }

    /** The last bytes, so many of them or all that are there. */
    byte[] last(long count) {
        byte[] last = new byte[(int) Math.min(count, length)];
        for (int i = 0; i < last.length; i++) {
            last[i] = bytes[Math.floorMod(end - last.length + i, bytes.length)];
        }
        return last;
    }

    /** The last line that is not blank, or an empty one. A carriage return begins a line, too, as programs that show progress want it. */
    String lastLine() {
        return new String(last(length), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (before, line) -> line)
                .strip();
    }
}
