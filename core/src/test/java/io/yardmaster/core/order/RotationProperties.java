package io.yardmaster.core.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class RotationProperties {
    private final Map<Long, Integer> seats = new HashMap<>();

    @Property(shrinking = ShrinkingMode.OFF, tries = 300)
    void everyMemberHasOneTurnARoundInOrderOfJoining(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int places) {
        Random random = new Random(seed);
        NaiveRing<Long> expected = new NaiveRing<>(places);
        Rotation<Long> rotation = new Rotation<>(places);
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    long member = step;
                    expected.join(member);
                    seats.put(member, rotation.add(member, member));
                }
                case 1 -> {
                    if (!expected.members().isEmpty() && random.nextBoolean()) {
                        Long leaving = expected.members()
                                .get(random.nextInt(expected.members().size()));
                        expected.leave(leaving);
                        rotation.remove(seats.remove(leaving));
                    }
                }
                default -> {
                    assertThat(rotation.next()).isEqualTo(expected.next());
                    if (expected.next() == null) {
                        expected.beginRound();
                        rotation.beginRound();
                    } else {
                        expected.takeTurn();
                        rotation.advance();
                    }
                }
            }
            assertThat(rotation.isEmpty()).isEqualTo(expected.members().isEmpty());
            if (!rotation.isEmpty()) {
                assertThat(rotation.youngest()).isEqualTo(expected.youngest());
            }
            if (random.nextInt(10) == 0) {
                rotation = restored(rotation, expected, places);
            }
        }
    }

    private Rotation<Long> restored(Rotation<Long> rotation, NaiveRing<Long> expected, int places) {
        StateWriter writer = new StateWriter();
        rotation.cursor().write(writer.reset());
        Rotation<Long> restored = new Rotation<>(places);
        expected.members().forEach(member -> seats.put(member, restored.add(member, member)));
        restored.moveTo(Rotation.Cursor.read(new StateReader(writer.toBytes())));
        return restored;
    }
}
