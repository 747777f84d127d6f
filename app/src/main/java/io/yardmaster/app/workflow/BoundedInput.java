package io.yardmaster.app.workflow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that fails to be read beyond a bound. */
final class BoundedInput extends FilterInputStream {
    private final String file;
    private final long bound;
    private long left;

    /** @param file for the message of the {@link InputTooLargeException} that comes when the bound is passed */
    BoundedInput(String file, InputStream in, long bound) {
        super(in);
        this.file = file;
        this.bound = bound;
        this.left = bound;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw new InputTooLargeException(
                    "%s: is larger than %s MB, the most that is read of a workflow".formatted(file, bound >> 20));
        }
    }
}
