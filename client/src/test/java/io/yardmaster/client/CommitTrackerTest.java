package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
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
    void inheritedOffsetsArePassedOnBeforeTheyAreReached() {
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

    @Test
    void S14_anyOrderOfCompletionsAndAnyNumberOfOwnersRunsEachOffsetToItsEndOnce() {
        long first = new Random().nextLong();
        LongStream.range(first, first + 300).forEach(CommitTrackerTest::runToTheEnd);
    }

    private static void runToTheEnd(long seed) {
        var random = new Random(seed);
        var offsets = new ArrayList<Long>();
        for (long offset = random.nextInt(1000), i = 0; i < 120; i++, offset += 1 + random.nextInt(3)) {
            offsets.add(offset);
        }
        var finished = new HashSet<Long>();
        long committed = offsets.get(0);
        String metadata = "";
        while (finished.size() < offsets.size()) {
            long from = committed;
            var owner = new CommitTracker(from, DoneAhead.decode(from, metadata));
            var running = new ArrayList<Long>();
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
                    assertThat(finished.add(offset))
                            .as("%d is run once, seed %d", offset, seed)
                            .isTrue();
                }
                long position = owner.position();
                assertThat(offsets.stream().filter(offset -> offset < position).allMatch(finished::contains))
                        .as("all below %d are done, seed %d", position, seed)
                        .isTrue();
            }
            assertThat(owner.position()).as("seed %d", seed).isGreaterThanOrEqualTo(committed);
            committed = owner.position();
            metadata = owner.doneAhead().encode(committed);
        }
    }

    private static DoneAhead inheritedFrom(CommitTracker tracker) {
        return DoneAhead.decode(tracker.position(), tracker.doneAhead().encode(tracker.position()));
    }
}
