package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTest {
    @Test
    void isEightBytesBigEndian() {
        assertThat(Epoch.encode(0x0102030405060708L)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, Long.MAX_VALUE, Long.MIN_VALUE})
    void isReadAsItWasWritten(long session) {
        var headers = new RecordHeaders().add(Epoch.HEADER, Epoch.encode(session));

        assertThat(Epoch.read(headers)).hasValue(session);
    }

    @Test
    void theLastHeaderCounts() {
        var headers = new RecordHeaders().add("epoch", Epoch.encode(1)).add("epoch", Epoch.encode(2));

        assertThat(Epoch.read(headers)).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9})
    void anotherLengthIsNoEpoch(int length) {
        assertThat(Epoch.read(new RecordHeaders().add(Epoch.HEADER, new byte[length])))
                .isEmpty();
    }

    @Test
    void noHeaderAndNoValueAreNoEpoch() {
        assertThat(Epoch.read(new RecordHeaders())).isEmpty();
        assertThat(Epoch.read(new RecordHeaders().add(Epoch.HEADER, null))).isEmpty();
    }
}
