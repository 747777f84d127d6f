package io.yardmaster.app.status;

import io.yardmaster.app.api.StagesAnswer;
import io.yardmaster.core.values.FailurePage;
import java.util.Optional;

/**
 * The answers about one job.
 *
 * @param state of the job; empty if no shard knows it any more
 * @param why the reason why it waits, likewise
 * @param stages of its graph; empty if none is known
 */
public record JobStatus(
        long job,
        Optional<String> state,
        Optional<String> why,
        Optional<StagesAnswer> stages,
        Optional<FailurePage> failures) {}
