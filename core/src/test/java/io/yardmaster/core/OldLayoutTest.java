package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.DispatchedTask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State of layout 1, as the version before the tree of seen tasks and the links of queues wrote it. */
class OldLayoutTest {
    private static HeapStorage stored() throws IOException {
        HeapStorage storage = new HeapStorage();
        HexFormat hex = HexFormat.of();
        try (InputStream file = OldLayoutTest.class.getResourceAsStream("/scheduling/layout-1.txt")) {
            new String(file.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                String[] entry = line.split(" ", -1);
                storage.put(hex.parseHex(entry[0]), hex.parseHex(entry[1]));
            });
        }
        return storage;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void historyStoredByAnOlderVersionGoesOnAsIfThisOneHadStoredIt(int commandsBetweenRestarts) throws IOException {
        DecisionLog expected = new DecisionLog();
        NaiveScheduler naive = new NaiveScheduler(OldHistory.POLICY, expected);
        OldHistory.first(naive);
        int before = expected.assignments().size();
        OldHistory.second(naive);

        RestartingScheduler real = new RestartingScheduler(OldHistory.POLICY, commandsBetweenRestarts, stored());
        OldHistory.second(real);

        assertThat(timeless(real.log().assignments()))
                .containsExactlyElementsOf(timeless(expected.assignments()
                        .subList(before, expected.assignments().size())));
        assertThat(before).isGreaterThan(50);
        assertThat(real.storage().keys()).containsExactly(Keys.ledger());
    }

    private static List<String> timeless(List<DispatchedTask> made) {
        return made.stream()
                .map(a -> a.id() + " " + a.kind() + " " + a.job() + "." + a.taskIndex() + "#" + a.attempt() + " "
                        + a.trace())
                .toList();
    }
}
