package io.yardmaster.core.view;

import java.util.List;
import java.util.Optional;

/**
 * Some jobs.
 *
 * @param session the current one, or -1 before the first event
 * @param next where the next page begins; empty if there is none
 */
public record JobPage(long session, List<JobView> jobs, Optional<String> next) {}
