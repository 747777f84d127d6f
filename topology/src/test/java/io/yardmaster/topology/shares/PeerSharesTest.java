package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.Share;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerSharesTest {
    private static final int SHARDS = 200;

    private int decoded;
    private int reads;
    private final PeerShares peerShares = new PeerShares(SHARDS, this::decode);

    /** A record is the shard and its backlog; one with a negative backlog cannot be read. */
    private Share decode(byte[] record) {
        decoded++;
        ByteBuffer bytes = ByteBuffer.wrap(record);
        int shard = bytes.getInt();
        int backlog = bytes.getInt();
        return backlog < 0
                ? null
                : new Share(
                        shard,
                        0,
                        List.of(),
                        1.0,
                        (long) backlog,
                        false,
                        0.0,
                        0,
                        0L,
                        0,
                        0L,
                        List.of(),
                        0L,
                        List.of(),
                        Budget.NO_FLOOR,
                        List.of(),
                        List.of());
    }

    private static byte[] record(int shard, int backlog) {
        return ByteBuffer.allocate(8).putInt(shard).putInt(backlog).array();
    }

    /** Refreshes like a tick of each shard of an instance. */
    private void refreshAll(long now) {
        for (int shard = 0; shard < SHARDS; shard++) {
            peerShares.refresh(now);
            assertThat(peerShares.share(shard)).isNotNull();
        }
    }

    @Test
    void aRecordIsReadOnceHoweverManyShardsUseIt() {
        byte[][] store =
                IntStream.range(0, SHARDS).mapToObj(shard -> record(shard, 0)).toArray(byte[][]::new);
        peerShares.receiveAll(shard -> {
            reads++;
            return store[shard];
        });
        refreshAll(0);
        assertThat(decoded).isEqualTo(SHARDS);
        for (int tick = 1; tick <= 10; tick++) {
            for (int shard = 0; shard < SHARDS; shard++) {
                peerShares.received(shard, record(shard, tick));
            }
            refreshAll(5L * tick);
        }
        assertThat(decoded).isEqualTo(11 * SHARDS);
        assertThat(reads).isEqualTo(SHARDS);
        assertThat(peerShares.share(7).getBacklog()).isEqualTo(10);
    }

    /** A record that was replaced before a refresh is never decoded. */
    @Test
    void onlyTheLatestOfSeveralRecordsIsRead() {
        peerShares.received(3, record(3, 1));
        peerShares.received(3, record(3, 2));
        peerShares.refresh(0);
        assertThat(peerShares.share(3).getBacklog()).isEqualTo(2);
        assertThat(decoded).isEqualTo(1);
    }

    @Test
    void unreadableRecordsAndThoseOfNoShardChangeNothing() {
        peerShares.received(3, record(3, 1));
        peerShares.refresh(0);
        peerShares.received(3, record(3, -1));
        peerShares.received(-1, record(3, 5));
        peerShares.received(SHARDS, record(3, 5));
        peerShares.refresh(1_500);
        assertThat(peerShares.share(3).getBacklog()).isEqualTo(1);
        assertThat(peerShares.competes(3, 2_000)).isTrue();
        assertThat(peerShares.competes(3, 2_001))
                .as("known since it could be read")
                .isFalse();
    }

    @Test
    void aRecordThatIsReceivedAgainIsNoNews() {
        byte[] record = record(3, 1);
        peerShares.received(3, record);
        peerShares.refresh(0);
        peerShares.receiveAll(shard -> shard == 3 ? record : null);
        peerShares.refresh(2_001);
        assertThat(decoded).isEqualTo(1);
        assertThat(peerShares.competes(3, 2_001)).isFalse();
    }
}
