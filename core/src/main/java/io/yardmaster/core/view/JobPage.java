package io.yardmaster.core.view;

import java.util.List;
import java.util.Optional;

/**
 * A page of jobs.
 *
 * @param session the current session, or -1 before the first event
 * @param next the {@link JobQuery#after} of the next page; empty on the last one
 */
public record JobPage(long session, List<JobView> jobs, Optional<String> next) {}
