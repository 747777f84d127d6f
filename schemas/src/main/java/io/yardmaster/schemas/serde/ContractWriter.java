package io.yardmaster.schemas.serde;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.PrimitivesArrays.IntArray;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes an {@link IntArray} without boxing its elements. */
final class ContractWriter extends SpecificDatumWriter<SpecificRecord> {
    ContractWriter(Schema schema) {
        super(schema, ContractData.INSTANCE);
    }

    @Override
    protected void writeArray(Schema schema, Object datum, Encoder out) throws IOException {
        if (!(datum instanceof IntArray ints)) {
            super.writeArray(schema, datum, out);
            return;
        }
        out.writeArrayStart();
        out.setItemCount(ints.size());
        for (int i = 0; i < ints.size(); i++) {
            out.startItem();
            out.writeInt(ints.getInt(i));
        }
        out.writeArrayEnd();
    }
}
