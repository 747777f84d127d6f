package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;

class HeldCommandsTest {
    private static final long SENT = 1_800_000_000_000L;

    private final KeyValueStore<Bytes, byte[]> store = new InMemoryKeyValueStore("state");
    private final HeldCommands held = new HeldCommands(store);

    private static HeldCommand command(long job, long offset) {
        return new HeldCommand(
                new JobCommand(job, -1L, CommandType.CANCEL, "zu groß", "ann", 0),
                offset,
                SENT + offset,
                SENT + offset);
    }

    @Test
    void heldCommandsSurviveARestart() {
        held.hold(command(1, 5));
        held.hold(command(2, 6));
        held.hold(command(1, 7));
        HeldCommands opened = new HeldCommands(store);
        assertThat(opened.known(1)).containsExactly(command(1, 5), command(1, 7));
        assertThat(opened.known(1)).isEmpty();
        assertThat(new HeldCommands(store).known(2)).containsExactly(command(2, 6));
        assertThat(new HeldCommands(store).known(1)).isEmpty();
    }

    @Test
    void thePriorityOfAHeldCommandSurvivesARestartAndOthersAreStoredAsBefore() {
        HeldCommand priority = new HeldCommand(
                new JobCommand(1L, -1L, CommandType.SET_PRIORITY, "zu groß", "ann", -1_000), 5, SENT, SENT);
        assertThat(HeldCommand.decode(priority.encode())).isEqualTo(priority);
        int texts = 2 + "CANCEL".length() + 2 + "zu groß".length() + 1 + 2 + "ann".length();
        assertThat(command(1, 5).encode()).hasSize(1 + 5 * Long.BYTES + texts);
    }

    @Test
    void noMoreAreHeldThanTenThousand() {
        for (int i = 0; i < HeldCommands.MOST; i++) {
            assertThat(held.hold(command(i, i))).isTrue();
        }
        assertThat(held.hold(command(1, HeldCommands.MOST))).isFalse();
    }

    @Test
    void aCommandWaitsWhileTheLanesLagButNotLongerThanTenMinutes() {
        held.hold(command(1, 0));
        long now = SENT;
        for (int second = 0; second < 599; second++) {
            now += 1_000;
            held.laneRead(SENT - 700_000 + 1_000L * second);
            assertThat(held.expired(now)).as("second %s", second).isEmpty();
        }
        held.laneRead(SENT - 1);
        assertThat(held.expired(SENT + 600_000)).containsExactly(command(1, 0));
    }
}
