package io.yardmaster.app.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostChangesTest {
    private static final long BEGIN = 1_800_000_000_000L;

    private final HostChanges changes = new HostChanges();
    private final List<String> told = new ArrayList<>();
    private long offset;

    /** A heartbeat, and what it tells of. */
    private void beat(long second, String pool, String host, long incarnation, long gpus) {
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("pool", pool)
                .put("host", host)
                .put("incarnation", incarnation);
        value.putObject("total").put("gpu", gpus);
        value.putObject("labels");
        changes.of(new RecordedRecord(
                        RecordedTopic.HOSTS,
                        "",
                        0,
                        offset++,
                        BEGIN + 1_000 * second,
                        pool,
                        value,
                        Optional.empty(),
                        Optional.empty(),
                        RecordedRecord.NO_SHARD,
                        RecordedRecord.NO_NUMBER,
                        Optional.empty()))
                .forEach(change -> told.add("%s s: %s/%s#%s %s %s"
                        .formatted(
                                (change.timestampMs() - BEGIN) / 1_000,
                                change.value().path("pool").asText(),
                                change.value().path("host").asText(),
                                change.value().path("incarnation"),
                                change.value().path("total").path("gpu"),
                                change.value().path("present"))));
    }

    @Test
    void onlyHeartbeatsWithAChangeAreTold() {
        for (int second = 0; second < 100; second += 2) {
            beat(second, "gpu", "a", 1, second < 50 ? 4 : 2);
            beat(second, "gpu", "b", second < 70 ? 1 : 2, 8);
            beat(second, "big", "a", 1, 1);
        }
        assertThat(told)
                .containsExactly(
                        "0 s: gpu/a#1 4 true",
                        "0 s: gpu/b#1 8 true",
                        "0 s: big/a#1 1 true",
                        "50 s: gpu/a#1 2 true",
                        "70 s: gpu/b#2 8 true");
    }

    @Test
    void aHostThatFallsSilentIsToldByItsLastHeartbeatAndComesBack() {
        beat(0, "gpu", "a", 1, 4);
        beat(3, "gpu", "b", 1, 8);
        beat(5, "gpu", "a", 1, 4);
        beat(43, "gpu", "b", 1, 8);
        beat(45, "gpu", "b", 1, 8);
        assertThat(told).containsExactly("0 s: gpu/a#1 4 true", "3 s: gpu/b#1 8 true");
        beat(46, "gpu", "b", 1, 8);
        beat(80, "gpu", "a", 1, 4);
        assertThat(told.subList(2, told.size())).containsExactly("5 s: gpu/a#1 4 false", "80 s: gpu/a#1 4 true");
    }

    @Test
    void aHostThatIsHeardAfterALongSilenceOfAllWasNotThereMeanwhile() {
        beat(0, "gpu", "a", 1, 4);
        beat(3_600, "gpu", "a", 1, 4);
        assertThat(told).containsExactly("0 s: gpu/a#1 4 true", "0 s: gpu/a#1 4 false", "3600 s: gpu/a#1 4 true");
    }

    @Test
    void anOlderIncarnationOfTheSameNameSaysNothing() {
        beat(0, "gpu", "a", 2, 4);
        beat(1, "gpu", "a", 1, 8);
        beat(2, "gpu", "a", 2, 4);
        assertThat(told).containsExactly("0 s: gpu/a#2 4 true");
    }

    @Test
    void moreHostsThanThereMayBeAreCountedAndNotTold() {
        for (int host = 0; host < HostChanges.MOST_HOSTS + 3; host++) {
            beat(0, "gpu", "h" + host, 1, 4);
        }
        assertThat(told).hasSize(HostChanges.MOST_HOSTS);
        assertThat(changes.ignored()).isEqualTo(3);
    }
}
