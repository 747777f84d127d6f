package io.yardmaster.replay.forecast;

import java.util.List;
import java.util.Optional;

/**
 * The start of one stage of a job.
 *
 * @param start empty if the stage did not start in each draw
 * @param after names of the stages that it waits for and that have not ended
 * @param recorded the number of recorded times from which its durations are drawn; 0 if they are assumed
 */
public record StageStart(String stage, Optional<TimeSpread> start, List<String> after, int recorded) {}
