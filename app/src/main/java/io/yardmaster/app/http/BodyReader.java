package io.yardmaster.app.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;

/** Reads a request's body as it comes in; no thread waits for it. */
final class BodyReader implements Runnable {
    private final Content.Source source;
    private final int limit;
    private final Consumer<Optional<byte[]>> done;
    private final Consumer<Throwable> failed;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /**
     * To be run once.
     *
     * @param done gets the body; empty if it is larger than the limit
     * @param failed is told if the client goes away, or sends too slowly, or what gets the body throws anything
     */
    BodyReader(Content.Source source, int limit, Consumer<Optional<byte[]>> done, Consumer<Throwable> failed) {
        this.source = source;
        this.limit = limit;
        this.done = done;
        this.failed = failed;
    }

    @Override
    public void run() {
        try {
            read();
        } catch (Throwable e) {
            failed.accept(e);
        }
    }

    private void read() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed.accept(chunk.getFailure());
                return;
            }
            ByteBuffer bytes = chunk.getByteBuffer();
            boolean tooLarge = body.size() + bytes.remaining() > limit;
            if (!tooLarge) {
                body.writeBytes(BufferUtil.toArray(bytes));
            }
            chunk.release();
            if (tooLarge || chunk.isLast()) {
                done.accept(tooLarge ? Optional.empty() : Optional.of(body.toByteArray()));
                return;
            }
        }
    }
}
