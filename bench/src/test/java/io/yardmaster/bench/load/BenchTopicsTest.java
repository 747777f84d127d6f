package io.yardmaster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.bench.BenchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BenchTopicsTest {
    @Test
    @Timeout(60)
    void topicsThatTheBrokerNeverKnowsAreNamed() {
        assertThatThrownBy(() -> BenchTopics.awaitKnown(
                        List.of("known", "unknown", "lost"),
                        topics -> List.of("unknown", "lost"),
                        Duration.ofMillis(20)))
                .isInstanceOf(BenchException.class)
                .hasMessage("the broker has created topics that it does not know 20 ms later: unknown, lost");
    }

    @Test
    void onlyTopicsNotYetKnownAreAskedForAgain() {
        List<List<String>> asked = new ArrayList<>();
        BenchTopics.awaitKnown(
                List.of("first", "second"),
                topics -> {
                    asked.add(topics);
                    return topics.subList(1, topics.size());
                },
                Duration.ofMinutes(1));
        assertThat(asked).containsExactly(List.of("first", "second"), List.of("second"));
    }
}
