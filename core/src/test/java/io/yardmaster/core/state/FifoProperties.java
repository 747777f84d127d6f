package io.yardmaster.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.jobs.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** {@link Fifo} compared with a list. */
class FifoProperties {
    @Property(shrinking = ShrinkingMode.OFF, tries = 300)
    void jobsComeOutInOrderAlsoIfOthersLeaveFromTheMiddle(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int appends) {
        Random random = new Random(seed);
        HeapStorage storage = new HeapStorage();
        Keys keys = new Keys();
        Fifo fifo = new Fifo(storage, keys, Fifo.PENDING, -3);
        List<Fifo.Entry> expected = new ArrayList<>();
        for (long job = 0; job < 500; job++) {
            if (random.nextInt(8) < appends) {
                expected.add(new Fifo.Entry(fifo.append(job, -job), job, -job));
            }
            if (random.nextInt(5) == 0) {
                expected.add(0, new Fifo.Entry(fifo.prepend(job, 2 * job), job, 2 * job));
            }
            if (!expected.isEmpty() && random.nextBoolean()) {
                Fifo.Entry leaving = expected.remove(random.nextBoolean() ? 0 : random.nextInt(expected.size()));
                fifo.remove(leaving.place());
            }
            if (random.nextInt(10) == 0) {
                StateWriter writer = new StateWriter();
                fifo.write(writer.reset());
                fifo = new Fifo(storage, keys, Fifo.PENDING, -3);
                fifo.read(new StateReader(writer.toBytes()));
            }
            assertThat(fifo.size()).isEqualTo(expected.size()).isEqualTo(storage.size());
            assertThat(fifo.peek()).isEqualTo(expected.isEmpty() ? null : expected.get(0));
        }
        assertThat(expected)
                .extracting(Fifo.Entry::place)
                .doesNotHaveDuplicates()
                .doesNotContain(Job.NOWHERE);
    }
}
