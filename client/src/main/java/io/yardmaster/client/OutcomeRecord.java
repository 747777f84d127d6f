package io.yardmaster.client;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TraceContext;
import java.util.Optional;

/**
 * A record of the outcomes topic.
 *
 * @param trace the assignment's, which goes into the headers, so that a refused task keeps it
 */
record OutcomeRecord(TaskOutcome value, Optional<TraceContext> trace) {}
