package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yardmaster.schemas.TaskReady;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapInputTest {
    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, 63, -64, 64, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbersOfAnyLength(long number) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        encoder.writeLong(number);
        encoder.writeInt((int) number);
        encoder.flush();
        HeapInput in = input(out.toByteArray());
        assertThat(in.readLong()).isEqualTo(number);
        assertThat(in.readInt()).isEqualTo((int) number);
        in.expectEnd();
    }

    @Test
    void arraysInBlocksThatDeclareTheirSize() throws IOException {
        TaskReady ready =
                new TaskReady(1L, 2L, 3L, IntStream.range(0, 500).boxed().toList(), 4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
        new ContractWriter(ready.getSchema()).write(ready, encoder);
        encoder.flush();
        byte[] bytes = out.toByteArray();
        assertThat(input(Arrays.copyOfRange(bytes, 3, bytes.length)).readLong())
                .as("the number of items in the first block, negative if their size follows")
                .isNegative();
        RecordReader reader = RecordReader.of(ready.getSchema(), ready.getSchema());
        assertThat(reader.read(bytes, 0, bytes.length)).isEqualTo(ready);
    }

    @Test
    void nothingBehindTheEndIsRead() {
        byte[] bytes = HexFormat.of().parseHex("808002");
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> new HeapInput(bytes, 0, 2).readInt());
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> new HeapInput(bytes, 3, 0).readBoolean());
        assertThatExceptionOfType(AvroRuntimeException.class)
                .isThrownBy(() -> input(bytes).expectEnd());
    }

    @Test
    void numbersAndBlocksThatAreTooLong() {
        assertThatExceptionOfType(InvalidNumberEncodingException.class)
                .isThrownBy(() -> input(HexFormat.of().parseHex("808080808001")).readInt());
        assertThatExceptionOfType(InvalidNumberEncodingException.class)
                .isThrownBy(() ->
                        input(HexFormat.of().parseHex("8080808080808080808001")).readLong());
        assertThatExceptionOfType(AvroRuntimeException.class)
                .isThrownBy(() ->
                        input(HexFormat.of().parseHex("ffffffffffffffffff0100")).readBlock());
    }

    @Test
    void bytesThatTheRecordDoesNotHold() {
        for (String tooLong : List.of("0401", "feffffff0f00", "feffffffffffffffff01")) {
            assertThatExceptionOfType(EOFException.class)
                    .as(tooLong)
                    .isThrownBy(() -> input(HexFormat.of().parseHex(tooLong)).readBytes());
        }
        assertThatExceptionOfType(AvroRuntimeException.class)
                .isThrownBy(() -> input(HexFormat.of().parseHex("0100")).readBytes());
    }

    private static HeapInput input(byte[] bytes) {
        return new HeapInput(bytes, 0, bytes.length);
    }
}
