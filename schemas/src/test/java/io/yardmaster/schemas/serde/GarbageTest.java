package io.yardmaster.schemas.serde;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Any bytes are read or refused as unreadable, and the next record is read as ever. */
class GarbageTest {
    private static final int ROUNDS = 20_000;

    private final AvroSerde<SpecificRecord> serde = Samples.serde("mock://garbage");
    private final List<byte[]> valid = new ArrayList<>();
    private final SpecificRecord first = Samples.ofEachType().get(0);
    private final long seed = Long.getLong("garbage.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @BeforeEach
    void writeOneOfEachTypeAndVersion(TestReporter reporter) {
        reporter.publishEntry("garbage.seed", Long.toString(seed));
        for (SpecificRecord record : Samples.ofEachType()) {
            byte[] bytes = serde.serializer().serialize("t", record);
            valid.add(bytes);
            int older = MockSchemaRegistry.named("garbage")
                    .register("t", Samples.older(record.getSchema().getName()));
            valid.add(ByteBuffer.wrap(bytes.clone()).putInt(1, older).array());
        }
    }

    @Test
    void randomBytes() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            readOrRefuse(round, bytes);
        }
    }

    @Test
    void randomBodies() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[5 + random.nextInt(64)];
            random.nextBytes(bytes);
            System.arraycopy(valid.get(random.nextInt(valid.size())), 0, bytes, 0, 5);
            readOrRefuse(round, bytes);
        }
    }

    @Test
    void mutatedRecords() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = 5 + random.nextInt(bytes.length - 5);
                bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt());
            }
            readOrRefuse(round, bytes);
        }
    }

    private void readOrRefuse(int round, byte[] bytes) {
        String when = "garbage.seed " + seed + ", round " + round;
        try {
            serde.deserializer().deserialize("t", bytes);
        } catch (UnreadableRecordException expected) {
            if (!expected.getMessage().startsWith("topic t: ")
                    || expected.getMessage().contains("\n")) {
                throw new AssertionError(when, expected);
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError(when, e);
        }
        if (!serde.deserializer().deserialize("t", valid.get(0)).equals(first)) {
            throw new AssertionError(when + ": the next record is read wrongly");
        }
    }
}
