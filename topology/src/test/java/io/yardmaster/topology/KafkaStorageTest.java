package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class KafkaStorageTest {
    private static final int KEYS = 20;

    private final SimulatedStore<Bytes, byte[]> store = SimulatedStore.ofBytes(new TreeMap<>());
    private final KafkaStorage storage = new KafkaStorage(store);

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) (number % 2))
                .putInt(number)
                .array();
    }

    private static String text(byte[] key, byte[] value) {
        return Arrays.toString(key) + "=" + Arrays.toString(value);
    }

    private static List<String> texts(Map<byte[], byte[]> entries) {
        List<String> texts = new ArrayList<>();
        entries.forEach((key, value) -> texts.add(text(key, value)));
        return texts;
    }

    private List<String> scanned(byte prefix) {
        List<String> texts = new ArrayList<>();
        storage.scan(new byte[] {prefix}, (key, value) -> texts.add(text(key, value)));
        return texts;
    }

    @Test
    void anEntryThatChangesOftenIsWrittenOnceAndTogetherWithTheOthers() {
        storage.put(bytes(1), bytes(1));
        storage.put(bytes(1), bytes(2));
        storage.put(bytes(3), bytes(3));
        storage.delete(bytes(3));
        assertThat(store.takeChanges()).as("before the flush").isEmpty();
        assertThat(storage.changes()).isEqualTo(4);

        storage.flush();
        Map<Bytes, byte[]> written = store.takeChanges();
        assertThat(written).containsOnlyKeys(Bytes.wrap(bytes(1)), Bytes.wrap(bytes(3)));
        assertThat(written.get(Bytes.wrap(bytes(1)))).isEqualTo(bytes(2));
        assertThat(written.get(Bytes.wrap(bytes(3)))).isNull();
        storage.flush();
        assertThat(store.takeChanges()).as("once").isEmpty();
    }

    @Test
    void theHeapHoldsABoundedNumberOfEntries() {
        for (int number = 0; number < KafkaStorage.MOST_UNWRITTEN; number++) {
            assertThat(store.approximateNumEntries()).isZero();
            storage.put(bytes(number), bytes(number));
        }
        assertThat(store.approximateNumEntries()).isEqualTo(KafkaStorage.MOST_UNWRITTEN);
    }

    @Test
    void aReadSeesAllWritesBeforeIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TreeMap<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
        for (int step = 0; step < 20_000; step++) {
            byte[] key = bytes(random.nextInt(KEYS));
            byte[] end = bytes(random.nextInt(KEYS));
            String as = "seed " + seed + ", step " + step;
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    byte[] value = bytes(step);
                    storage.put(key, value);
                    expected.put(key, value);
                }
                case 2 -> {
                    storage.delete(key);
                    expected.remove(key);
                }
                case 3 -> assertThat(storage.get(key)).as(as).isEqualTo(expected.get(key));
                case 4 -> {
                    byte prefix = key[0];
                    assertThat(scanned(prefix))
                            .as(as)
                            .isEqualTo(texts(expected.subMap(new byte[] {prefix}, new byte[] {(byte) (prefix + 1)})));
                }
                case 5 -> {
                    if (Arrays.compareUnsigned(key, end) <= 0) {
                        Map.Entry<byte[], byte[]> next = storage.next(key, end);
                        assertThat(next == null ? List.of() : List.of(text(next.getKey(), next.getValue())))
                                .as(as)
                                .isEqualTo(texts(expected.subMap(key, end)).stream()
                                        .limit(1)
                                        .toList());
                    }
                }
                case 6 -> {
                    if (Arrays.compareUnsigned(key, end) <= 0) {
                        int limit = 1 + random.nextInt(3);
                        List<byte[]> first = expected.subMap(key, end).keySet().stream()
                                .limit(limit)
                                .toList();
                        byte[] last = first.size() < limit ? null : first.get(limit - 1);
                        assertThat(storage.deleteRange(key, end, limit)).as(as).isEqualTo(last);
                        List.copyOf(first).forEach(expected::remove);
                    }
                }
                default -> storage.flush();
            }
        }
    }
}
