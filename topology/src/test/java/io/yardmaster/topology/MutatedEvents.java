package io.yardmaster.topology;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** Random mutations of events; some are still events. */
final class MutatedEvents {
    /** @param lane to which it is sent, which may differ from the event's own */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Mutated(Topic<?> lane, byte[] key, byte[] value) {}

    private static final List<Topic<?>> LANES = List.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP, Topic.GRAPHS);
    /** Jobs that mostly come as graphs, which never end here, and then take no other events. */
    private static final int FIRST_GRAPH = 20;

    private static final int[] NUMBERS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20};
    private static final List<When> RULES = List.of(When.ALL, When.ANY, When.ENDED);
    private static final int HEADER = 5;

    private final Random random;
    private final Map<String, String> registry;

    /** @param registry settings of the registry in which the events' schemas are registered */
    MutatedEvents(long seed, Map<String, String> registry) {
        this.random = new Random(seed);
        this.registry = registry;
    }

    Mutated next() {
        Topic<?> lane = LANES.get(random.nextInt(LANES.size()));
        long job = random.nextInt(20) + (long) (lane.equals(Topic.GRAPHS) && random.nextInt(50) > 0 ? FIRST_GRAPH : 0);
        byte[] key = ByteBuffer.allocate(8).putLong(job).array();
        byte[] value = event(random.nextInt(12) == 0 ? LANES.get(random.nextInt(LANES.size())) : lane, job);
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            if (random.nextInt(8) == 0) {
                key = random.nextInt(4) == 0 ? null : mutated(key);
            } else {
                value = random.nextInt(40) == 0 ? null : mutated(value);
            }
        }
        return new Mutated(lane, key, value);
    }

    private byte[] event(Topic<?> lane, long job) {
        long number = number();
        if (random.nextInt(50) == 0) {
            return bytes(Topic.SESSIONS, new Session(number));
        }
        if (lane.equals(Topic.COMMIT)) {
            return bytes(Topic.COMMIT, new CommitReady(number(), job, number));
        }
        if (lane.equals(Topic.CLEANUP)) {
            return bytes(Topic.CLEANUP, new CleanupReady(number(), job, number, random.nextBoolean()));
        }
        if (lane.equals(Topic.GRAPHS)) {
            return bytes(Topic.GRAPHS, graph(job, number));
        }
        List<Integer> indices = random.ints(random.nextInt(6))
                .map(any -> (int) number())
                .boxed()
                .toList();
        return bytes(Topic.READY, new TaskReady(number(), job, number, indices, random.nextInt(3)));
    }

    private JobGraph graph(long job, long session) {
        int parts = random.nextInt(6) == 0 ? (int) number() : 1;
        return JobGraph.newBuilder()
                .setResourceGroupId(number())
                .setJobId(job)
                .setSessionId(random.nextBoolean() ? -1 : session)
                .setPriority(random.nextInt(6) == 0 ? (int) number() : 0)
                .setCommit(random.nextBoolean())
                .setCleanup(random.nextBoolean())
                .setOnFailure(random.nextBoolean() ? OnFailure.STOP : OnFailure.CONTINUE)
                .setStages(IntStream.range(0, random.nextInt(5))
                        .mapToObj(this::stage)
                        .toList())
                .setParts(parts)
                .setPart(parts == 1 ? 0 : (int) number())
                .build();
    }

    /** Mostly a stage that waits for those before it. */
    private Stage stage(int stage) {
        int odd = random.nextInt(12);
        List<StageDependency> after = random.ints(random.nextInt(3), 0, odd == 0 ? 5 : Math.max(1, stage))
                .filter(other -> odd == 0 || other < stage)
                .distinct()
                .mapToObj(other -> new StageDependency("s" + other, random.nextBoolean()))
                .toList();
        return new Stage(
                odd == 1 ? "s0" : "s" + stage,
                odd == 2 ? (int) number() : 3,
                after,
                RULES.get(random.nextInt(RULES.size())),
                odd == 3 ? (int) number() : 1,
                odd == 4 ? number() : 0,
                odd == 5 ? number() : 0,
                ByteBuffer.wrap(bytes(random.nextInt(odd == 6 ? 5_000 : 20))),
                Map.of(),
                "",
                0,
                Map.of(),
                false);
    }

    /** Mostly a small number. */
    long number() {
        return random.nextInt(4) > 0 ? random.nextInt(100) : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V event) {
        return ValueSerdes.of(topic, registry)
                .serializer()
                .serialize(TopicNames.defaults().of(topic), event);
    }

    byte[] mutated(byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            return bytes(random.nextInt(40));
        }
        int at = random.nextInt(bytes.length);
        byte[] copy = bytes.clone();
        switch (random.nextInt(9)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) random.nextInt(256);
            case 2 -> copy = Arrays.copyOf(bytes, at);
            case 3 -> copy = joined(bytes, bytes(1 + random.nextInt(8)));
            case 4 -> copy = joined(Arrays.copyOf(bytes, at), bytes(1 + random.nextInt(4)), tail(bytes, at));
            // Another schema id, known or not.
            case 5 -> {
                if (copy.length >= HEADER) {
                    ByteBuffer.wrap(copy).putInt(1, random.nextBoolean() ? random.nextInt(8) : random.nextInt());
                }
            }
            // A number that says that a very long list, or text, follows.
            case 6 -> copy = joined(Arrays.copyOf(bytes, at), varint(number() << random.nextInt(40)), tail(bytes, at));
            case 7 -> copy = bytes(random.nextInt(60));
            default -> copy = joined(bytes, bytes);
        }
        return copy;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] varint(long number) {
        ByteBuffer out = ByteBuffer.allocate(10);
        long left = (number << 1) ^ (number >> 63);
        while ((left & ~0x7FL) != 0) {
            out.put((byte) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }
}
