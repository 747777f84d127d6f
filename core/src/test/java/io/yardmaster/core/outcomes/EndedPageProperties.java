package io.yardmaster.core.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.StateWriter;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EndedPageProperties {
    private static final int ASSIGNMENTS = 1 << EndedPage.BITS;

    @Property(tries = 300)
    void isReadAsItWasWrittenInFewBytes(
            @ForAll long seed,
            @ForAll @IntRange(max = ASSIGNMENTS) int from,
            @ForAll @IntRange(max = 2 * ASSIGNMENTS) int additions,
            @ForAll @IntRange(min = 1, max = 900) int longestRun) {
        Random random = new Random(seed);
        EndedPage page = new EndedPage(from);
        BitSet expected = new BitSet();
        expected.set(0, from);
        for (int added = 0; added < additions; ) {
            int first = random.nextInt(ASSIGNMENTS);
            int run = 1 + random.nextInt(longestRun);
            for (int i = first; i < Math.min(ASSIGNMENTS, first + run); i++) {
                if (!page.contains(i)) {
                    page.add(i);
                    expected.set(i);
                }
            }
            added += run;
        }
        byte[] written = page.write(new StateWriter());
        EndedPage read = EndedPage.read(written);

        assertThat(written).hasSizeLessThanOrEqualTo(ASSIGNMENTS / 8 + 1);
        for (int i = 0; i < ASSIGNMENTS; i++) {
            assertThat(read.contains(i)).isEqualTo(expected.get(i)).isEqualTo(page.contains(i));
        }
        assertThat(read.isFull()).isEqualTo(page.isFull()).isEqualTo(expected.cardinality() == ASSIGNMENTS);
        assertThat(read.changed).isFalse();
        assertThat(read.write(new StateWriter())).isEqualTo(written);
    }
}
