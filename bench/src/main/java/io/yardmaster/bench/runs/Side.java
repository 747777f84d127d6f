package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.process.JvmOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * A contestant with its workload and settings in a comparison.
 *
 * @param label unique within the comparison
 * @param partitions of the lanes and of dispatch
 * @param live true if events are sent while the clock runs; otherwise they are all there when it starts
 * @param collector the JVM option that chooses the garbage collector
 */
public record Side(
        String label,
        Contestant contestant,
        Map<String, String> settings,
        Workload workload,
        int partitions,
        boolean live,
        String collector) {

    public static Side of(String label, Contestant contestant, Workload workload) {
        return new Side(label, contestant, Map.of(), workload, 1, false, JvmOptions.COLLECTOR);
    }

    public Side with(String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return new Side(label, contestant, more, workload, partitions, live, collector);
    }

    public Side withPartitions(int count) {
        return new Side(label, contestant, settings, workload, count, live, collector);
    }

    public Side sentLive() {
        return new Side(label, contestant, settings, workload, partitions, true, collector);
    }

    Side withCollector(String option) {
        return new Side(label, contestant, settings, workload, partitions, live, option);
    }
}
