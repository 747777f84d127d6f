package io.yardmaster.bench.runs;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checked options of a run of the suite.
 *
 * @param wanted ids of benchmarks
 * @param quick true to measure only the figures that the guard compares
 * @param size events per round for contestants as fast as the copy, 10,000 or more; slower ones get a part of it
 * @param rounds that count
 * @param warmups rounds before them that do not count
 * @param buffered tasks in the largest backlog
 * @param settings of the scheduler, in place of its defaults; those that begin with kafka. hold for the others, too
 * @param recordFlights true if each contestant's JVM records itself with JFR
 * @param trace the file of Alibaba's trace that B17 and B34 play; null if there is none
 * @param gridTrace the file in the Standard Workload Format that B33 plays; null if there is none
 * @param podTrace the pods of Alibaba's GPU trace that B30 places; null if there are none
 * @param sharedTraces the files whose groups share a fleet in B26
 */
public record SuiteOptions(
        Set<String> wanted,
        boolean quick,
        long size,
        int rounds,
        int warmups,
        long buffered,
        Map<String, String> settings,
        boolean recordFlights,
        String trace,
        String gridTrace,
        String podTrace,
        List<String> sharedTraces) {

    public boolean wants(String id) {
        return wanted.contains(id);
    }
}
