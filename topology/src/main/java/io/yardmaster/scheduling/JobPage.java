package io.yardmaster.scheduling;

import java.util.List;
import java.util.Optional;

/**
 * Some jobs.
 *
 * @param next where the next page begins; empty if there is none
 */
public record JobPage(List<JobView> jobs, Optional<String> next) {}
