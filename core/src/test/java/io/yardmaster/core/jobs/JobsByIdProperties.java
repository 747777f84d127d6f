package io.yardmaster.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JobsByIdProperties {
    /** Ids close together, and ids that differ in their highest bits alone. */
    @Provide
    Arbitrary<Long> ids() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-40, 40),
                Arbitraries.longs().between(0, 40).map(id -> id << 58));
    }

    @Property(tries = 500)
    void knowsTheJobsThatWerePutAndNotRemoved(@ForAll("steps") List<Step> steps) {
        JobsById jobs = new JobsById();
        Map<Long, Job> expected = new HashMap<>();
        for (Step step : steps) {
            if (step.put()) {
                Job job = job(step.id());
                jobs.put(job);
                expected.put(job.id, job);
            } else {
                jobs.remove(step.id());
                expected.remove(step.id());
            }
            assertThat(jobs.get(step.id())).isSameAs(expected.get(step.id()));
        }
        expected.forEach((id, job) -> assertThat(jobs.get(id)).isSameAs(job));
        jobs.clear();
        expected.keySet().forEach(id -> assertThat(jobs.get(id)).isNull());
    }

    record Step(boolean put, long id) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(true, true, false), ids())
                .as(Step::new)
                .list()
                .ofMaxSize(300);
    }

    private static Job job(long id) {
        HeapStorage storage = new HeapStorage();
        Keys keys = new Keys();
        return new Job(id, 0, new Pages(storage, keys, new Garbage(storage, keys, new Ledger()), id));
    }
}
