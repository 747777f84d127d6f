package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.Grant;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.shares.Division.Granted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    /** While a transaction is undecided, each shard that is opened counts all of it as its own. */
    @Test
    void S12_assignmentsThatTwoShardsCountFreeNothingForEither() {
        Share holder = share(0, 0, 0, 1, 1);
        Share hungry = share(1, 4, 1, 1, 0);
        PeerShares peerShares = new PeerShares(2, record -> record[0] == 0 ? holder : hungry);
        peerShares.receiveAll(shard -> new byte[] {(byte) shard});
        peerShares.refresh(1);
        Coordinator coordinator = new Coordinator(
                Capacity.of(1), List.of(new Granted(1, 1, 1), Granted.NOTHING), new LimitDivisions(2, 0, Map.of()));
        coordinator.review(1, peerShares, Map.of());
        assertThat(coordinator.grants()).extracting(Grant::getQuota).containsExactly(0, 0);
    }

    private static Share share(int shard, long backlog, int outstanding, int held, long grantSeen) {
        return new Share(
                shard,
                1,
                List.of(),
                1.0,
                backlog,
                false,
                0.0,
                outstanding,
                0L,
                held,
                grantSeen,
                List.of(),
                0L,
                List.of(),
                Budget.NO_FLOOR,
                List.of(),
                List.of());
    }
}
