package io.yardmaster.core.placement;

import static io.yardmaster.core.placement.PoolSketch.NOW;
import static io.yardmaster.core.placement.PoolSketch.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolTurnsTest {
    private static final long LATER = NOW + POLICY.backoffMs();

    private final PoolTurns turns = new PoolTurns();

    private void planned(String pool, long placed) {
        turns.begun(pool);
        turns.planned(pool, placed, POLICY, NOW);
    }

    @Test
    void P6_aPoolInWhichNothingFittedWaitsForTheEndOfItsBackoff() {
        turns.changed("a", 0);
        assertThat(turns.next(POLICY, NOW)).contains("a");
        planned("a", 0);

        assertThat(turns.next(POLICY, LATER - 1)).isEmpty();
        assertThat(turns.next(POLICY, LATER)).contains("a");
    }

    @Test
    void P6_aChangeEndsTheBackoff() {
        turns.changed("a", 0);
        planned("a", 0);
        turns.changed("a", 0);

        assertThat(turns.next(POLICY, NOW)).contains("a");
    }

    @Test
    void P6_aChangeDuringAPlanIsNotLost() {
        turns.changed("a", 0);
        turns.begun("a");
        turns.changed("a", 0);
        turns.planned("a", 0, POLICY, NOW);

        assertThat(turns.next(POLICY, NOW)).contains("a");
    }

    @Test
    void P6_aPoolWithoutOffersIsNotPlanned() {
        turns.changed("a", 0);
        turns.emptied("a");
        turns.planned("a", 1, POLICY, NOW);

        assertThat(turns.next(POLICY, LATER)).isEmpty();
    }

    @Test
    void P6_onTiesThePoolThatPlacedMostGoesFirst() {
        turns.changed("a", 0);
        turns.changed("b", 0);
        planned("a", 3);
        planned("b", 7);

        assertThat(turns.next(POLICY, NOW)).contains("b");
        PlacementPolicy off = new PlacementPolicy(BestFit.DEFAULT, 1, 1, 1, 1, 1, false, 0);
        assertThat(turns.next(off, NOW)).contains("a");
    }

    @Test
    void P6_aHigherRankGoesBeforeABusierPool() {
        turns.changed("a", 0);
        planned("a", 3);
        turns.changed("b", 1);

        assertThat(turns.next(POLICY, NOW)).contains("b");
    }

    @Test
    void aLostPlanIsMadeAgain() {
        turns.changed("a", 0);
        turns.begun("a");
        assertThat(turns.next(POLICY, NOW)).isEmpty();
        turns.lost("a");

        assertThat(turns.next(POLICY, NOW)).contains("a");
    }

    @Test
    void P7_theBackoffSurvivesAFailover() {
        turns.changed("a", 0);
        planned("a", 0);
        PoolTurns restored = new PoolTurns(turns.standings());

        assertThat(restored.next(POLICY, LATER - 1)).isEmpty();
        assertThat(restored.next(POLICY, LATER)).contains("a");
    }

    @Test
    void P7_aBackoffDoesNotOutlastAClockThatWasPutBack() {
        turns.changed("a", 0);
        planned("a", 0);
        PoolTurns restored = new PoolTurns(turns.standings());

        assertThat(restored.next(POLICY, NOW)).as("in the back-off").isEmpty();
        assertThat(restored.next(POLICY, NOW - 1)).as("it would be longer").contains("a");
        assertThat(restored.next(POLICY, NOW - 500_000)).contains("a");
    }
}
