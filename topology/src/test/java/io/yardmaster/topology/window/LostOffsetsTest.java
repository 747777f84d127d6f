package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class LostOffsetsTest {
    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final TopicPartition P0 = new TopicPartition("dispatch", 0);
    private static final TopicPartition P1 = new TopicPartition("dispatch", 1);

    private final AtomicLong nanos = new AtomicLong(7);
    private final DispatchWindow window = new DispatchWindow(2, nanos::get);
    private final Map<TopicPartition, Long> put = new HashMap<>();
    private boolean hasMembers;
    private int asked;

    private final LostOffsets lost = new LostOffsets(
            new GroupOffsets() {
                @Override
                public Uuid topic() {
                    asked++;
                    return TOPIC;
                }

                @Override
                public Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
                    Map<TopicPartition, Long> starts = new HashMap<>();
                    partitions.forEach(partition -> starts.put(partition, 10L));
                    return starts;
                }

                @Override
                public boolean put(Map<TopicPartition, Long> offsets) {
                    if (!hasMembers) {
                        put.putAll(offsets);
                    }
                    return !hasMembers;
                }
            },
            "fleet",
            window,
            nanos::get);

    private boolean mended(TopicPartition... without) throws Exception {
        return lost.mended(Set.of(without));
    }

    @Test
    void theGroupIsGivenBackWhereItWasAndNeverBeforeTheBeginning() throws Exception {
        window.floor(new StoredFloor(TOPIC, new long[] {42, 3}));
        assertThat(mended(P0, P1)).isTrue();
        assertThat(put).isEqualTo(Map.of(P0, 42L, P1, 10L));
        assertThat(lost.restored()).isEqualTo(2);
        assertThat(lost.lost()).isZero();
    }

    @Test
    void anInstanceThatDoesNotKnowWhereItWasLeavesItAlone() throws Exception {
        assertThat(mended(P0)).isFalse();
        assertThat(asked).isZero();
    }

    @Test
    void offsetsOfADeletedTopicSayNothingOfTheNewOne() throws Exception {
        window.floor(new StoredFloor(new Uuid(8, 8), new long[] {42, 42}));
        assertThat(mended(P0)).isTrue();
        assertThat(put).isEqualTo(Map.of(P0, 10L));
        assertThat(lost.restored()).isZero();
    }

    @Test
    void aGroupWithMembersIsReportedUntilTheyAreGone() throws Exception {
        window.floor(new StoredFloor(TOPIC, new long[] {42, 0}));
        hasMembers = true;
        assertThat(mended(P0)).isFalse();
        assertThat(lost.lost()).isEqualTo(1);
        hasMembers = false;
        assertThat(mended(P0)).as("not asked again so soon").isFalse();
        assertThat(asked).isEqualTo(1);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(mended(P0)).isTrue();
        assertThat(lost.lost()).isZero();
        assertThat(put).isEqualTo(Map.of(P0, 42L));
    }

    @Test
    void offsetsThatGoWhileOthersWereMissingAreSeenAtOnce() throws Exception {
        window.floor(new StoredFloor(TOPIC, new long[] {0, 42}));
        hasMembers = true;
        assertThat(mended(P0)).isFalse();
        hasMembers = false;
        assertThat(mended(P0, P1)).isTrue();
        assertThat(put).containsEntry(P1, 42L);
    }

    @Test
    void theFloorIsStoredAndReadAgainAndKeepsWhatIsNotKnownAnew() {
        StoredFloor stored = StoredFloor.decode(new StoredFloor(TOPIC, new long[] {5, 1L << 40}).encode());
        assertThat(stored.topic()).isEqualTo(TOPIC);
        assertThat(stored.offsets()).containsExactly(5, 1L << 40);
        assertThat(stored.moved(TOPIC, new long[] {4, -1, 9}).offsets()).containsExactly(4, 1L << 40, 9);
        assertThat(stored.moved(new Uuid(3, 3), new long[] {-1, -1}).offsets()).containsExactly(0, 0);
        for (byte[] unreadable : List.of(new byte[0], new byte[] {9}, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0})) {
            assertThat(StoredFloor.decode(unreadable).offsets()).isEmpty();
        }
        assertThat(StoredFloor.decode(null).offsets()).isEmpty();
    }
}
