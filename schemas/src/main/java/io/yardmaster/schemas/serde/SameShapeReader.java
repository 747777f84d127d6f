package io.yardmaster.schemas.serde;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericData.InstanceSupplier;
import org.apache.avro.generic.PrimitivesArrays.IntArray;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads records whose writer's schema agrees with the reader's in every field: resolves nothing, and boxes no ints in arrays. */
final class SameShapeReader implements RecordReader {
    private static final long LARGEST_FIRST_ALLOCATION = 1024;

    private final Schema schema;
    private final InstanceSupplier instances;
    private final FieldReader[] fields;

    SameShapeReader(Schema schema) {
        this.schema = schema;
        this.instances = ContractData.INSTANCE.getNewRecordSupplier(schema);
        SpecificRecordBase sample = newRecord();
        this.fields = schema.getFields().stream()
                .map(field -> fieldReader(field.schema(), sample.getConversion(field.pos())))
                .toArray(FieldReader[]::new);
    }

    static boolean supports(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schema.getFields().stream().map(Schema.Field::schema).allMatch(SameShapeReader::supportsField);
    }

    private static boolean supportsField(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN, INT, LONG, ENUM -> true;
            case BYTES -> schema.getLogicalType() == null;
            case STRING -> schema.getLogicalType() == null && "String".equals(schema.getProp(GenericData.STRING_PROP));
            case ARRAY ->
                schema.getElementType().getType() == Schema.Type.INT
                        && schema.getElementType().getLogicalType() == null;
            case MAP ->
                schema.getValueType().getType() == Schema.Type.LONG
                        && schema.getValueType().getLogicalType() == null
                        && "String".equals(schema.getProp(GenericData.STRING_PROP));
            default -> false;
        };
    }

    @Override
    public SpecificRecord read(byte[] bytes, int offset, int length) throws IOException {
        HeapInput in = new HeapInput(bytes, offset, length);
        SpecificRecordBase record = newRecord();
        for (int i = 0; i < fields.length; i++) {
            record.put(i, fields[i].read(in));
        }
        in.expectEnd();
        return record;
    }

    private SpecificRecordBase newRecord() {
        return (SpecificRecordBase) instances.newInstance(null, schema);
    }

    @FunctionalInterface
    private interface FieldReader {
        Object read(HeapInput in) throws IOException;
    }

    private static FieldReader fieldReader(Schema schema, Conversion<?> conversion) {
        FieldReader plain = plainReader(schema);
        return conversion == null
                ? plain
                : in -> Conversions.convertToLogicalType(plain.read(in), schema, schema.getLogicalType(), conversion);
    }

    private static FieldReader plainReader(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> HeapInput::readBoolean;
            case INT -> HeapInput::readInt;
            case LONG -> HeapInput::readLong;
            case ENUM -> enumReader(schema);
            case BYTES -> HeapInput::readBytes;
            case STRING -> HeapInput::readString;
            case ARRAY -> in -> ints(in, schema);
            case MAP -> SameShapeReader::longs;
            default -> throw new IllegalArgumentException("unsupported: " + schema);
        };
    }

    private static FieldReader enumReader(Schema schema) {
        List<Object> symbols = schema.getEnumSymbols().stream()
                .map(symbol -> ContractData.INSTANCE.createEnum(symbol, schema))
                .toList();
        return in -> symbols.get(in.readInt());
    }

    private static Map<String, Long> longs(HeapInput in) throws IOException {
        Map<String, Long> longs = new HashMap<>();
        for (long block = in.readBlock(); block > 0; block = in.readBlock()) {
            for (long i = 0; i < block; i++) {
                longs.put(in.readString(), in.readLong());
            }
        }
        return longs;
    }

    static IntArray ints(HeapInput in, Schema schema) throws IOException {
        long block = in.readBlock();
        IntArray ints = new IntArray((int) Math.min(block, LARGEST_FIRST_ALLOCATION), schema);
        while (block > 0) {
            for (long i = 0; i < block; i++) {
                ints.add(ints.size(), in.readInt());
            }
            block = in.readBlock();
        }
        return ints;
    }
}
