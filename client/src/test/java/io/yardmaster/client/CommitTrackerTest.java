package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CommitTrackerTest {
    private final CommitTracker tracker = new CommitTracker(10, DoneAhead.NOTHING);

    @Test
    void positionIsOnePastTheLastDoneOfTheContiguousPrefix() {
        List.of(10L, 11L, 12L, 13L).forEach(tracker::take);
        tracker.done(11);
        tracker.done(12);
        assertThat(tracker.position()).isEqualTo(10);
        tracker.done(10);
        assertThat(tracker.position()).isEqualTo(13);
        tracker.done(13);
        assertThat(tracker.position()).isEqualTo(14);
    }

    @Test
    void positionDoesNotRunAheadOverTheMarkersOfTransactions() {
        tracker.take(10);
        tracker.take(15);
        tracker.done(10);
        assertThat(tracker.position()).isEqualTo(11);
    }

    @Test
    void nothingTakenIsNothingToMove() {
        assertThat(tracker.position()).isEqualTo(10);
    }

    @Test
    void nextOwnerSkipsWhatFinishedOutOfOrder() {
        List.of(10L, 11L, 12L, 14L).forEach(tracker::take);
        tracker.done(11);
        tracker.done(14);
        var next = new CommitTracker(tracker.position(), inheritedFrom(tracker));
        assertThat(List.of(10L, 11L, 12L, 14L, 15L)).map(next::take).containsExactly(true, false, true, false, true);
    }

    @Test
    void whatWasInheritedIsPassedOnThoughNotYetComeBy() {
        List.of(10L, 11L, 12L, 13L).forEach(tracker::take);
        tracker.done(11);
        tracker.done(13);
        var second = new CommitTracker(tracker.position(), inheritedFrom(tracker));
        second.take(10);
        second.done(10);
        assertThat(second.position()).isEqualTo(11);
        var third = new CommitTracker(second.position(), inheritedFrom(second));
        assertThat(List.of(11L, 12L, 13L)).map(third::take).containsExactly(false, true, false);
    }

    @Test
    void brokenInvariantsAreLoud() {
        tracker.take(10);
        assertThatThrownBy(() -> tracker.take(10)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tracker.done(11)).isInstanceOf(IllegalStateException.class);
    }

    @RepeatedTest(200)
    void S14_anyOrderOfCompletionsAndAnyNumberOfOwnersRunsEachOffsetToItsEndOnce() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var offsets = new ArrayList<Long>();
        for (long offset = random.nextInt(1000), i = 0; i < 120; i++, offset += 1 + random.nextInt(3)) {
            offsets.add(offset);
        }
        var finished = new ArrayList<Long>();
        long committed = offsets.get(0);
        String metadata = "";
        while (finished.size() < offsets.size()) {
            var owner = new CommitTracker(committed, DoneAhead.decode(committed, metadata));
            var running = new ArrayList<Long>();
            long from = committed;
            var toTake = offsets.stream().filter(offset -> offset >= from).iterator();
            for (int steps = random.nextInt(100); steps > 0; steps--) {
                if (toTake.hasNext() && random.nextInt(3) > 0) {
                    long offset = toTake.next();
                    if (owner.take(offset)) {
                        running.add(offset);
                    }
                } else if (!running.isEmpty()) {
                    long offset = running.remove(random.nextInt(running.size()));
                    owner.done(offset);
                    finished.add(offset);
                }
                long position = owner.position();
                assertThat(new TreeSet<>(finished)
                                .containsAll(offsets.stream()
                                        .filter(o -> o < position)
                                        .toList()))
                        .as("all below %d are done, seed %d", position, seed)
                        .isTrue();
            }
            assertThat(owner.position()).as("seed %d", seed).isGreaterThanOrEqualTo(committed);
            committed = owner.position();
            metadata = owner.doneAhead().encode(committed);
        }
        assertThat(finished).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(offsets);
    }

    private static DoneAhead inheritedFrom(CommitTracker tracker) {
        return DoneAhead.decode(tracker.position(), tracker.doneAhead().encode(tracker.position()));
    }
}
