package io.yardmaster.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class RotationProperties {
    private static final class Member extends Rotation.Seat<Member> {}

    @Property(shrinking = ShrinkingMode.OFF, tries = 300)
    void everyMemberHasOneTurnARoundInOrderOfJoining(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int places) {
        Random random = new Random(seed);
        NaiveRing<Member> expected = new NaiveRing<>(places);
        Rotation<Member> rotation = new Rotation<>(places);
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    Member member = new Member();
                    member.seat = step;
                    expected.join(member);
                    rotation.add(member);
                }
                case 1 -> {
                    if (!expected.members().isEmpty() && random.nextBoolean()) {
                        Member leaving = expected.members()
                                .get(random.nextInt(expected.members().size()));
                        expected.leave(leaving);
                        rotation.remove(leaving);
                    }
                }
                default -> {
                    assertThat(rotation.peek()).isSameAs(expected.next());
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
            assertThat(rotation.youngest()).isSameAs(expected.youngest());
            if (random.nextInt(10) == 0) {
                rotation = restored(rotation, expected, places);
            }
        }
    }

    private static Rotation<Member> restored(Rotation<Member> rotation, NaiveRing<Member> expected, int places) {
        RecordWriter writer = new RecordWriter();
        rotation.cursor().write(writer.reset());
        expected.members().forEach(rotation::remove);
        Rotation<Member> restored = new Rotation<>(places);
        expected.members().forEach(restored::add);
        restored.moveTo(Rotation.Cursor.read(new RecordReader(writer.toBytes())));
        return restored;
    }
}
