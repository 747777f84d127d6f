package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every answer to "why is it waiting?". */
class WhyTest {
    private static final long MIDNIGHT = 1_764_028_800_000L;

    private JobFacts job = new JobFacts(null, true, null, null, null, false, 1_024, 1_024);
    private String state = "active";
    private Long position = 0L;
    private long buffered = 5;
    private long used = 10;
    private boolean full;
    private List<Integer> fullest = List.of();
    private Integer members = 2;
    private boolean fresh = true;
    private int givenUp;

    private void assertWhy(String code, String sentence) {
        Why why = Why.of(new WhyFacts(
                job,
                state,
                position,
                buffered,
                MIDNIGHT,
                1_024,
                used,
                full,
                fullest,
                members,
                "ems",
                givenUp,
                fresh,
                61_000L,
                List.of(2, 3, 5)));
        assertThat(why).isEqualTo(new Why(code, sentence));
    }

    @Test
    void whatItsGroupGaveUpIsToldOf() {
        state = "idle";
        givenUp = 2;
        assertWhy(
                "given-up",
                "Nothing of it waits: all that storage made ready was dispatched, or dropped as a repeat. But 2 assignments"
                        + " were given up by group ems: delivered as often as it allows, and never finished. The dead"
                        + " letters say which.");
        state = "active";
        givenUp = 1;
        assertWhy(
                "next-in-rotation",
                "It has the next turn, and the window has room. But 1 assignment was given up by group ems: delivered as"
                        + " often as it allows, and never finished. The dead letters say which.");
    }

    @Test
    void itsTurnComes() {
        assertWhy("next-in-rotation", "It has the next turn, and the window has room.");
        position = 1L;
        assertWhy("next-in-rotation", "Its turn comes after 1 other, and the window has room.");
        position = 1_023L;
        assertWhy("next-in-rotation", "Its turn comes after 1,023 others, and the window has room.");
    }

    @Test
    void theWindowIsFull() {
        full = true;
        used = 1_024;
        fullest = List.of(3, 0, 2);
        assertWhy(
                "window-full",
                "The window is full: 1,024 of 1,024 assignments are outstanding in group ems, most in dispatch"
                        + " partitions 3, 0 and 2.");
        fullest = List.of(3);
        assertWhy(
                "window-full",
                "The window is full: 1,024 of 1,024 assignments are outstanding in group ems, most in dispatch"
                        + " partition 3.");
        fullest = List.of();
        members = null;
        assertWhy("window-full", "The window is full: 1,024 of 1,024 assignments are outstanding in group ems.");
    }

    @Test
    void nobodyTakesAnything() {
        full = true;
        members = 0;
        used = 1_024;
        assertWhy("no-fleet", "No execution manager is in group ems, and 1,024 assignments are outstanding already.");
        full = false;
        assertWhy("next-in-rotation", "It has the next turn, and the window has room.");
    }

    @Test
    void itIsNotKnownWhatWasTaken() {
        fresh = false;
        full = true;
        assertWhy(
                "view-too-old",
                "It is not known what group ems has taken, for 61 s, and nothing is dispatched until Kafka says it"
                        + " again.");
    }

    @Test
    void itIsPending() {
        state = "pending";
        position = 12L;
        assertWhy("pending-behind", "Pending behind 12 jobs: all 1,024 places of the rotation are taken.");
        position = 1L;
        job = new JobFacts(null, false, null, null, null, false, 1, 1);
        assertWhy("pending-behind", "Pending behind about 1 job: the one place of the rotation is taken.");
        position = 0L;
        assertWhy(
                "pending-behind",
                "Pending, and the next to join the rotation: the one place of the rotation is taken.");
        full = true;
        members = 0;
        assertWhy(
                "pending-behind",
                "Pending, and the next to join the rotation: the one place of the rotation is taken."
                        + " No execution manager is in group ems, and 10 assignments are outstanding already.");
    }

    @Test
    void itIsBeingFinalized() {
        state = "finalizing";
        job = new JobFacts(null, true, "commit", null, null, false, 4, 0);
        assertWhy("finalizing", "Finalizing since 2025-11-25 00:00:00 UTC: its commit task is the next of its kind.");
        position = 3L;
        assertWhy("finalizing", "Finalizing since 2025-11-25 00:00:00 UTC: its commit task waits behind 3 others.");
        position = null;
        job = new JobFacts(null, true, null, MIDNIGHT, MIDNIGHT + 21_600_000, false, 4, 0);
        assertWhy(
                "finalizing",
                "Finalizing since about 2025-11-25 00:00:00 UTC: its last task has been dispatched; what comes for it is"
                        + " ignored until about 2025-11-25 06:00:00 UTC.");
    }

    @Test
    void itHasEnded() {
        state = "finalizing";
        job = new JobFacts(null, true, null, MIDNIGHT, MIDNIGHT + 21_600_000, true, 4, 0);
        assertWhy(
                "ended",
                "Ended since about 2025-11-25 00:00:00 UTC; what comes for it is ignored until about 2025-11-25"
                        + " 06:00:00 UTC.");
    }

    @Test
    void nothingOfItWaits() {
        buffered = 0;
        assertWhy("idle", "Nothing of it waits; it leaves the rotation at its next turn unless more comes.");
        state = "idle";
        assertWhy("idle", "Nothing of it waits: all that storage made ready was dispatched, or dropped as a repeat.");
    }

    @Test
    void itsShardDoesNotAnswer() {
        job = null;
        assertWhy(
                "restoring",
                "Shards 2, 3 and 5 do not answer, as the state is being restored or the instance is gone; the"
                        + " job may be there.");
    }
}
