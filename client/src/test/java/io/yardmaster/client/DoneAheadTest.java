package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoneAheadTest {

    @Test
    void nothingDoneAheadNeedsNoMetadata() {
        assertThat(new DoneAhead(8, new TreeSet<>()).encode(8)).isEmpty();
    }

    @Test
    void survivesTheWire() {
        var ahead = new DoneAhead(1_000_090, openAt(1_000_000, 1_000_007));
        assertThat(DoneAhead.decode(999_999, ahead.encode(999_999))).isEqualTo(ahead);
    }

    @Test
    void allDoneUpToTheEndSurvivesToo() {
        var ahead = new DoneAhead(90, openAt());
        assertThat(DoneAhead.decode(80, ahead.encode(80))).isEqualTo(ahead);
    }

    @Test
    void tooManyOpenOffsetsNeverMakeAnythingDoneThatIsNot() {
        long[] open = LongStream.range(0, 5000).map(i -> i * 1000).toArray();
        var ahead = new DoneAhead(5_000_000, openAt(open));
        String metadata = ahead.encode(0);
        assertThat(metadata).hasSizeLessThanOrEqualTo(DoneAhead.MAX_LENGTH);
        var read = DoneAhead.decode(0, metadata);
        assertThat(LongStream.of(open)).noneMatch(read::isDone);
        assertThat(read.isDone(1)).isTrue();
        assertThat(read.isDone(4_999_999)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "someone else's",
                "yardmaster:1:",
                "yardmaster:1:5:",
                "yardmaster:1:5:1",
                "yardmaster:1:5:1,x:",
                "yardmaster:2:5:1:"
            })
    void otherMetadataSaysNothing(String metadata) {
        assertThat(DoneAhead.decode(3, metadata)).isEqualTo(DoneAhead.NOTHING);
    }

    private static NavigableSet<Long> openAt(long... offsets) {
        var open = new TreeSet<Long>();
        LongStream.of(offsets).forEach(open::add);
        return open;
    }
}
