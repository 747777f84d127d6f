package io.yardmaster.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sections of a job's record. */
class JobRecordTest {
    private final StateWriter writer = new StateWriter();

    private static Pages pages() {
        HeapStorage storage = new HeapStorage();
        Keys keys = new Keys();
        return new Pages(storage, keys, new Garbage(storage, keys, new Ledger()), 1);
    }

    private byte[] record(int[] indices, String trace) {
        Pages pages = pages();
        Job job = new Job(1, 2, pages);
        for (int index : indices) {
            job.queue.append(index, 0, 5, trace);
        }
        job.seen.add(indices, 0);
        byte[] bytes = JobRecord.write(job, writer);
        Job read = JobRecord.read(1, bytes, pages);
        assertThat(read.queue.headTrace()).isEqualTo(trace);
        assertThat(JobRecord.write(read, writer)).isEqualTo(bytes);
        return bytes;
    }

    @Test
    void tracesAreASectionThatIsThereOnlyIfThereAreAny() {
        int[] indices = {0, 1, 2, 3};
        byte[] without = record(indices, null);
        byte[] with = record(indices, "trace");
        int tagAndLength = 2;
        int stretchesRunsAndLength = 3;
        assertThat(with)
                .hasSize(without.length + tagAndLength + stretchesRunsAndLength + "trace".length())
                .startsWith(without);
    }

    @Test
    void tasksOfOneEventShareItsTraceHoweverManyTheyAre() {
        int[] disorder = IntStream.range(0, 100).map(i -> 2 * (7 * i % 100)).toArray();
        String longTrace = "x".repeat(500);
        byte[] without = record(disorder, null);
        byte[] with = record(disorder, longTrace);
        assertThat(with.length - without.length).isLessThan(longTrace.length() + 9);
    }

    @Test
    void thePriorityIsASectionThatIsThereOnlyIfItIsNotTheNormalOne() {
        Job job = new Job(1, 2, pages());
        byte[] without = JobRecord.write(job, writer);
        job.priority = -1_000;
        job.level = -1_000;
        byte[] with = JobRecord.write(job, writer);
        int tagAndLength = 2;
        int twoBytesForEach = 4;
        assertThat(with)
                .hasSize(without.length + tagAndLength + twoBytesForEach)
                .startsWith(without);
        Job read = JobRecord.read(1, with, pages());
        assertThat(read.priority).isEqualTo(-1_000);
        assertThat(read.level).isEqualTo(-1_000);
        read.priority = 0;
        read.level = 0;
        assertThat(JobRecord.write(read, writer)).isEqualTo(without);
    }

    /** An operator can go back to an older version: the sections that a newer one added are kept. */
    @Test
    void sectionsOfANewerVersionAreKept() {
        byte[] own = record(new int[] {3, 4}, null);
        StateWriter newer = new StateWriter().bytes(own);
        byte[] large = new byte[300];
        Arrays.fill(large, (byte) 7);
        for (int tag : new int[] {1_000, 1_001}) {
            int begun = newer.begin(tag);
            newer.bytes(large);
            newer.end(begun);
        }
        Job read = JobRecord.read(1, newer.toBytes(), pages());
        assertThat(read.queue.size()).isEqualTo(2);
        assertThat(JobRecord.write(read, writer)).isEqualTo(newer.toBytes());
    }
}
