package io.yardmaster.schemas.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records whose writer's schema differs from the reader's, by Avro's rules of resolution. A mismatch that only some records
 * have throws when such a record is read. All readers share one decoder per thread.
 */
final class ResolvingReader implements RecordReader {
    private static final ThreadLocal<BinaryDecoder> DECODERS = new ThreadLocal<>();

    private final DatumReader<SpecificRecord> reader;

    ResolvingReader(Schema writerSchema, Schema readerSchema) throws IOException {
        this.reader = new FastReaderBuilder(ContractData.INSTANCE).createDatumReader(writerSchema, readerSchema);
    }

    @Override
    public SpecificRecord read(byte[] bytes, int offset, int length) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, DECODERS.get());
        DECODERS.set(decoder);
        SpecificRecord record = reader.read(null, new BoundedDecoder(decoder));
        if (!decoder.isEnd()) {
            throw new AvroRuntimeException("bytes are left over");
        }
        return record;
    }
}
