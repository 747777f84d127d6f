package io.yardmaster.bench.runs;

import java.util.Map;
import java.util.Set;

/**
 * How to measure.
 *
 * @param wanted ids of benchmarks
 * @param quick whether only what guards against losses is measured
 * @param size events per round for whatever is as fast as the copy, 10,000 or more; slower contestants get a part of it
 * @param rounds that count
 * @param warmups rounds before, which do not
 * @param buffered tasks in the largest backlog
 * @param settings of the scheduler, in place of its defaults; those that begin with kafka. hold for the others, too
 * @param recordFlights whether each contestant's JVM records itself with JFR
 */
public record SuiteOptions(
        Set<String> wanted,
        boolean quick,
        long size,
        int rounds,
        int warmups,
        long buffered,
        Map<String, String> settings,
        boolean recordFlights) {

    public boolean wants(String id) {
        return wanted.contains(id);
    }
}
