package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.Grant;
import io.yardmaster.schemas.LimitGrants;
import io.yardmaster.schemas.LimitShare;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitDivisionsTest {
    private static final int MOST_RECORD_BYTES = 1_000_000;

    private static Share share(int shard, List<LimitShare> limits, List<LimitGrants> grants) {
        return new Share(
                shard,
                0,
                List.of(),
                1.0,
                0L,
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
                limits,
                grants);
    }

    private static String limit(int number) {
        String digits = String.valueOf(number);
        return "limit/" + "n".repeat(64 - digits.length()) + digits;
    }

    private static List<LimitShare> wanted(int limits) {
        return IntStream.range(0, limits)
                .mapToObj(number -> new LimitShare(
                        limit(number), 1_000_000_000L, 1L << 40, 1_000_000_000L, 1_000_000_000L, 1L << 40))
                .toList();
    }

    private static LimitDivisions reviewed(int shards, int limits) {
        Share wanting = share(0, wanted(limits), List.of());
        PeerShares peerShares = new PeerShares(shards, record -> wanting);
        peerShares.received(0, new byte[0]);
        peerShares.refresh(1);
        LimitDivisions divisions = new LimitDivisions(shards, 0, Map.of());
        Map<String, Long> capacities = IntStream.range(0, limits)
                .boxed()
                .collect(Collectors.toMap(LimitDivisionsTest::limit, number -> 1_000_000_000L));
        assertThat(divisions.review(1, peerShares, capacities)).isTrue();
        return divisions;
    }

    @Test
    void withManyShardsFewerLimitsAreInUseAtOnce() {
        assertThat(reviewed(640, 200).grants()).hasSize(100);
        assertThat(reviewed(4, 1_000).grants()).hasSize(1_000);
    }

    @Test
    void theLargestShareFitsInARecord() {
        for (int shards : new int[] {4, 64, 640}) {
            int limits = reviewed(shards, 1_000).grants().size();
            List<LimitGrants> grants = IntStream.range(0, limits)
                    .mapToObj(number -> new LimitGrants(
                            limit(number), Collections.nCopies(shards, new Grant(1_000_000_000, 1L << 34))))
                    .toList();
            Map<String, String> settings = Map.of("schema.registry.url", "mock://largest-share");
            byte[] record = ValueSerdes.of(Topic.SHARES, settings)
                    .serializer()
                    .serialize("shares", share(0, wanted(1_000), grants));
            assertThat(record.length).as("with %d shards", shards).isLessThan(MOST_RECORD_BYTES);
        }
    }
}
