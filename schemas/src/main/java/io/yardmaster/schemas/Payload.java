package io.yardmaster.schemas;

import java.nio.ByteBuffer;

/** The payload of stages and assignments that have none. */
public final class Payload {
    /** Has no bytes, and so nothing that anybody could change. */
    public static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private Payload() {}
}
