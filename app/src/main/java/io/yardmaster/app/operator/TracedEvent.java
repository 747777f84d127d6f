package io.yardmaster.app.operator;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.TraceContext;
import java.util.Optional;

/**
 * An event as it was read.
 *
 * @param trace the W3C trace context of what caused it, if its headers have one
 */
public record TracedEvent(JobEvent event, Optional<TraceContext> trace) {}
