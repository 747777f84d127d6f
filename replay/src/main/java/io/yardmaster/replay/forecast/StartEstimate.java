package io.yardmaster.replay.forecast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An estimate of when a job starts.
 *
 * @param draws the number of courses that were drawn
 * @param start empty if the job did not start in each of them
 * @param notBefore if so, the shortest time in ms from now within which it did not; empty if it cannot start as things are
 * @param end of the job; empty if it did not end in each draw, or not all of its stages were looked at
 * @param jobsBefore jobs of which a task starts before the job does, by the median
 * @param higherBefore those of them with a higher priority
 * @param tasksBefore tasks that start before the job does, by the median
 * @param stages those of the job that were looked at
 * @param reserved gangs for which hosts are reserved; none if the job did not start in each draw
 */
public record StartEstimate(
        int draws,
        Optional<TimeSpread> start,
        OptionalLong notBefore,
        Optional<TimeSpread> end,
        long jobsBefore,
        long higherBefore,
        long tasksBefore,
        List<StageStart> stages,
        List<ReservedStart> reserved) {}
