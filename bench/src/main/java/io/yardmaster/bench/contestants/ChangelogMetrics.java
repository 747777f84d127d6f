package io.yardmaster.bench.contestants;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Sums the metrics of this JVM's producers for the changelog topics. The metrics end with their producers. */
final class ChangelogMetrics {
    private static final String TOPICS = "kafka.producer:type=producer-topic-metrics,*";

    private ChangelogMetrics() {}

    static Map<String, String> read() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double bytes = 0;
        double records = 0;
        for (ObjectName name : beans.queryNames(new ObjectName(TOPICS), null)) {
            if (name.getKeyProperty("topic").replace("\"", "").endsWith("-changelog")) {
                bytes += (Double) beans.getAttribute(name, "byte-total");
                records += (Double) beans.getAttribute(name, "record-send-total");
            }
        }
        return Map.of(
                StreamsContestant.CHANGELOG_BYTES, Double.toString(bytes),
                StreamsContestant.CHANGELOG_RECORDS, Double.toString(records));
    }
}
