package io.yardmaster.core.values;

import java.util.List;

/**
 * The times that some tasks of stages of one name took, in one resource group. Instances read it from each other as JSON, so its names
 * stay.
 *
 * @param stage the name of the stages; empty for tasks that have none
 * @param millis in the order in which the tasks ended
 */
public record StageTimes(long group, String stage, List<Long> millis) {

    public StageTimes {
        millis = List.copyOf(millis);
    }
}
