package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Share;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerSharesTest {
    private static final int LANES = 200;

    private int decoded;
    private int looked;
    private final PeerShares board = new PeerShares(LANES, this::decode);

    /** A record is the partition and its backlog; of a negative one none can be read. */
    private Share decode(byte[] record) {
        decoded++;
        ByteBuffer bytes = ByteBuffer.wrap(record);
        int partition = bytes.getInt();
        int backlog = bytes.getInt();
        return backlog < 0
                ? null
                : new Share(partition, 0, List.of(), 1.0, (long) backlog, false, 0.0, 0, 0L, 0, 0L, List.of());
    }

    private static byte[] record(int partition, int backlog) {
        return ByteBuffer.allocate(8).putInt(partition).putInt(backlog).array();
    }

    /** As in a tick of each shard of an instance. */
    private void allLook(long now) {
        for (int lane = 0; lane < LANES; lane++) {
            board.refresh(now);
            assertThat(board.share(lane)).isNotNull();
        }
    }

    @Test
    void whatIsSaidIsReadOnceHoweverManyLook() {
        byte[][] store =
                IntStream.range(0, LANES).mapToObj(lane -> record(lane, 0)).toArray(byte[][]::new);
        board.hearAll(lane -> {
            looked++;
            return store[lane];
        });
        allLook(0);
        assertThat(decoded).isEqualTo(LANES);
        for (int tick = 1; tick <= 10; tick++) {
            for (int lane = 0; lane < LANES; lane++) {
                board.heard(lane, record(lane, tick));
            }
            allLook(5L * tick);
        }
        assertThat(decoded).isEqualTo(11 * LANES);
        assertThat(looked).isEqualTo(LANES);
        assertThat(board.share(7).getBacklog()).isEqualTo(10);
    }

    /** A record is of no more use than the one that replaced it before anybody looked. */
    @Test
    void ofSeveralRecordsTheLatestIsRead() {
        board.heard(3, record(3, 1));
        board.heard(3, record(3, 2));
        board.refresh(0);
        assertThat(board.share(3).getBacklog()).isEqualTo(2);
        assertThat(decoded).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadOrIsOfNobodyChangesNothing() {
        board.heard(3, record(3, 1));
        board.refresh(0);
        board.heard(3, record(3, -1));
        board.heard(-1, record(3, 5));
        board.heard(LANES, record(3, 5));
        board.refresh(1_500);
        assertThat(board.share(3).getBacklog()).isEqualTo(1);
        assertThat(board.competes(3, 2_000)).isTrue();
        assertThat(board.competes(3, 2_001)).as("known since it could be read").isFalse();
    }

    @Test
    void whatIsHeardAgainIsNoNews() {
        byte[] record = record(3, 1);
        board.heard(3, record);
        board.refresh(0);
        board.hearAll(lane -> lane == 3 ? record : null);
        board.refresh(2_001);
        assertThat(decoded).isEqualTo(1);
        assertThat(board.competes(3, 2_001)).isFalse();
    }
}
