package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.schemas.JobExpectation;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** Refuses events whose sender expects a job to be new, or to be known, if it is not; see {@link JobExpectation}. */
final class Expectations {
    private Expectations() {}

    static void check(Headers headers, Scheduler scheduler, long job, long session) {
        Optional<JobExpectation> expected = read(headers);
        if (expected.isEmpty()) {
            return;
        }
        if (session < scheduler.session()) {
            throw new InvalidEventException("session " + session + " is over: " + scheduler.session() + " has begun");
        }
        Optional<JobLocation> known = session > scheduler.session()
                ? Optional.empty()
                : scheduler.view().job(job, 0);
        if (expected.get() == JobExpectation.NEW && known.isPresent()) {
            throw new InvalidEventException("job %s is known already, of resource group %s in session %s, and %s"
                    .formatted(job, known.get().view().group().getAsLong(), session, waiting(known.get())));
        }
        if (expected.get() == JobExpectation.KNOWN && known.isEmpty()) {
            throw new InvalidEventException("job %s is not known in session %s".formatted(job, session));
        }
    }

    private static Optional<JobExpectation> read(Headers headers) {
        try {
            return JobExpectation.read(headers);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(e.getMessage());
        }
    }

    private static String waiting(JobLocation job) {
        if (job.finalizing().isPresent()) {
            return "its " + job.finalizing().get().name().toLowerCase(Locale.ROOT) + " task waits";
        }
        long tasks = job.view().bufferedTasks();
        return tasks == 0 ? JobExpectation.NOTHING_WAITS : tasks + " of its tasks wait";
    }
}
