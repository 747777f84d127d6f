package io.yardmaster.core.view;

import java.util.List;
import java.util.Optional;

/**
 * A page of jobs as loads.
 *
 * @param next the {@link JobQuery#after} of the next page; empty on the last one
 */
public record JobLoads(List<JobLoad> jobs, Optional<String> next) {}
