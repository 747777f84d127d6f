package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.api.LimitAnswer.HolderAnswer;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitUse.Holder;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyKind;
import io.yardmaster.topology.policy.PolicyRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private static List<LimitAnswer> answers() {
        return LimitAnswer.of(SHARDS, POLICY, pool -> Optional.empty());
    }

    @Test
    void theMostWantedAreFirstAndUnusedOnesOfThePolicyLast() {
        assertThat(answers())
                .containsExactly(
                        new LimitAnswer(
                                "limit/licence",
                                50,
                                46,
                                2,
                                5,
                                List.of(new HolderAnswer("7", 28), new HolderAnswer("8", 18)),
                                Optional.empty()),
                        new LimitAnswer("limit/gone", 0, 0, 0, 2, List.of(), Optional.empty()),
                        new LimitAnswer(
                                "all",
                                80,
                                46,
                                2,
                                0,
                                List.of(new HolderAnswer("7", 23), new HolderAnswer("8", 23)),
                                Optional.empty()),
                        new LimitAnswer("limit/disk", 9, 0, 0, 0, List.of(), Optional.empty()));
    }

    @Test
    void L10_aTaskOfAShardWithoutRoomIsToldAboutTheWholeLimit() {
        LimitNeed need = LimitNeed.of(new LimitWait("limit/licence", 2, 30, 30), answers());
        assertThat(need.words())
                .isEqualTo("2 of limit licence (48 of 50 in use, mostly by group 7; in its shard 30 of 30)");
        assertThat(LimitNeed.of(new LimitWait("all", 1, 80, 80), answers()).words())
                .startsWith("the limit of all tasks (48 of 80 in use; in its shard");
        assertThat(LimitNeed.of(new LimitWait("job", 1, 3, 3), answers()).words())
                .isEqualTo("the limit of each job (3 of 3 in use)");
        assertThat(LimitNeed.of(new LimitWait("rate/7", 1, 100, 100), answers()).words())
                .isEqualTo("the rate of group 7, whose burst of 100 is used up");
        assertThat(LimitNeed.of(new LimitWait("rate/7", 1, 1, 1), answers()).words())
                .isEqualTo("the rate of group 7");
        assertThat(LimitNeed.of(new LimitWait("rate/pool/gpu", 1, 100, 100), answers())
                        .words())
                .isEqualTo("the rate of pool gpu, whose burst of 100 is used up");
        assertThat(LimitNeed.of(new LimitWait("rate/pool/gpu", 1, 1, 1), answers())
                        .words())
                .isEqualTo("the rate of pool gpu");
    }

    private static Optional<PolicyRow> row(String by, boolean isPaused) {
        return Optional.of(new PolicyRow(
                PolicyKey.parse("pool/gpu"), new TreeMap<>(Map.of(PolicyKind.PAUSED, isPaused)), by, "", 0));
    }

    private static String waitingFor(Map<String, Long> policy, Optional<String> obstacle) {
        List<LimitUse> shards = List.of(use("pool/gpu", 2, 2, 0, 5));
        LimitWait wait = new LimitWait("pool/gpu", 1, 2, 2);
        return LimitNeed.of(wait, LimitAnswer.of(shards, policy, pool -> obstacle))
                .words();
    }

    @Test
    void L10_aTaskOfAPoolIsToldWhetherThatIsFullPausedGoneOrHasNoTopic() {
        Map<String, Long> policy = Map.of("pool/gpu", 2L);
        Optional<String> none = LimitAnswer.obstacle(row("ann", false), Optional.empty());
        assertThat(waitingFor(policy, none)).isEqualTo("pool gpu (2 of 2 in use)");
        LimitWait gang = new LimitWait("pool/gpu", 4, 2, 5);
        List<LimitUse> some = List.of(use("pool/gpu", 5, 2, 0, 5));
        assertThat(LimitNeed.of(gang, LimitAnswer.of(some, Map.of("pool/gpu", 5L), pool -> none))
                        .words())
                .isEqualTo("4 places at once for a gang in pool gpu (2 of 5 in use)");
        Optional<String> paused = LimitAnswer.obstacle(row("ann", true), Optional.empty());
        assertThat(waitingFor(policy, paused)).isEqualTo("pool gpu (paused by ann)");
        assertThat(LimitAnswer.obstacle(row("", true), Optional.of("no topic"))).contains("paused");
        Optional<String> gone = LimitAnswer.obstacle(Optional.empty(), Optional.empty());
        assertThat(waitingFor(Map.of(), gone)).isEqualTo("pool gpu (not in the policy any more)");
        Optional<String> broken = LimitAnswer.obstacle(row("ann", false), Optional.of("its topic is missing"));
        assertThat(waitingFor(policy, broken)).isEqualTo("pool gpu (its topic is missing)");
    }
}
