package io.yardmaster.core.cycle;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.values.TaskKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The part of a cycle that offers commit tasks, or cleanup tasks, at most {@code perCycle} of them (S3). */
final class FinalizingStage implements Stage {
    private final TaskKind kind;
    private final int perCycle;
    private final Supplier<@Nullable Job> next;

    /** @param next takes the next job whose task of this kind waits; returns null if none waits */
    FinalizingStage(TaskKind kind, int perCycle, Supplier<@Nullable Job> next) {
        this.kind = kind;
        this.perCycle = perCycle;
        this.next = next;
    }

    @Override
    public int offer(int offered, int most, Offers offers) {
        int made = 0;
        while (made < Math.min(most, perCycle - offered)) {
            Job job = next.get();
            if (job == null) {
                break;
            }
            offers.offer(job, kind, -1, 0, job.finalizingReadyAt, job.finalizingTrace);
            job.finalizingTrace = null;
            made++;
        }
        return made;
    }
}
