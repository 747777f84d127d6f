package io.yardmaster.schemas.serde;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads what one schema wrote as a generated class. Thread-safe. What is allocated is bounded by the bytes that are
 * there, not by the lengths that they declare.
 */
@FunctionalInterface
interface RecordReader {
    SpecificRecord read(Decoder in) throws IOException;

    /** A mismatch that some records have and others have not comes out when such a record is read. */
    static RecordReader of(Schema writer, Schema reader) throws IOException {
        if (haveSameShape(writer, reader) && SameShapeReader.supports(reader)) {
            return new SameShapeReader(reader);
        }
        DatumReader<SpecificRecord> resolving =
                new FastReaderBuilder(ContractData.INSTANCE).createDatumReader(writer, reader);
        return in -> resolving.read(null, in);
    }

    private static boolean haveSameShape(Schema writer, Schema reader) {
        return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(reader));
    }
}
