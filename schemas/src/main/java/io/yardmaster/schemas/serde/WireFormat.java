package io.yardmaster.schemas.serde;

/** Confluent's wire format: a magic byte 0, the id of the writer's schema in 4 bytes big-endian, the record in Avro's binary form. */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_LENGTH = 1 + Integer.BYTES;

    private WireFormat() {}
}
