package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.api.LimitAnswer.HolderAnswer;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitUse.Holder;
import io.yardmaster.core.values.LimitWait;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shards' parts of a limit add up to what the policy says. */
class LimitAnswerTest {
    private static final Map<String, Long> POLICY =
            Map.of("limit/licence", 50L, "limit/disk", 9L, "job", 3L, "all", 80L);

    private static LimitUse use(String key, long capacity, long used, long granted, long parked, Holder... holders) {
        return new LimitUse(key, capacity, used, granted, parked, List.of(holders));
    }

    private static final List<LimitUse> SHARDS = List.of(
            use("limit/licence", 30, 28, 2, 5, new Holder(7, 20), new Holder(8, 8)),
            use("limit/licence", 20, 18, 0, 0, new Holder(8, 10), new Holder(7, 8)),
            use("limit/gone", 0, 0, 0, 2),
            use("all", 80, 46, 2, 0, new Holder(8, 23), new Holder(7, 23)));

    @Test
    void theMostWantedAreFirstAndUnusedOnesOfThePolicyLast() {
        assertThat(LimitAnswer.of(SHARDS, POLICY))
                .containsExactly(
                        new LimitAnswer(
                                "limit/licence",
                                50,
                                46,
                                2,
                                5,
                                List.of(new HolderAnswer("7", 28), new HolderAnswer("8", 18))),
                        new LimitAnswer("limit/gone", 0, 0, 0, 2, List.of()),
                        new LimitAnswer(
                                "all", 80, 46, 2, 0, List.of(new HolderAnswer("7", 23), new HolderAnswer("8", 23))),
                        new LimitAnswer("limit/disk", 9, 0, 0, 0, List.of()));
    }

    @Test
    void L10_aTaskOfAShardWithoutRoomIsToldAboutTheWholeLimit() {
        LimitNeed need = LimitNeed.of(new LimitWait("limit/licence", 2, 30, 30), LimitAnswer.of(SHARDS, POLICY));
        assertThat(need.words())
                .isEqualTo("2 of limit licence (48 of 50 in use, mostly by group 7; in its shard 30 of 30)");
        assertThat(LimitNeed.of(new LimitWait("all", 1, 80, 80), LimitAnswer.of(SHARDS, POLICY))
                        .words())
                .startsWith("the limit of all tasks (48 of 80 in use; in its shard");
        assertThat(LimitNeed.of(new LimitWait("job", 1, 3, 3), LimitAnswer.of(SHARDS, POLICY))
                        .words())
                .isEqualTo("the limit of each job (3 of 3 in use)");
    }
}
