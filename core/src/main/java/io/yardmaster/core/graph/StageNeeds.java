package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.HostDemand;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The needs of a stage in records. */
final class StageNeeds {
    private StageNeeds() {}

    /** Reads needs that {@link #write} wrote. */
    static Map<String, Long> read(StateReader reader) {
        SortedMap<String, Long> needs = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            needs.put(reader.utf8(), reader.unsigned());
        }
        return needs;
    }

    /** Reads a demand of hosts that {@link #writeHosts} wrote. */
    static HostDemand readHosts(StateReader reader) {
        Map<String, Long> amounts = read(reader);
        SortedMap<String, String> labels = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            labels.put(reader.utf8(), reader.utf8());
        }
        return new HostDemand(amounts, labels, reader.flag());
    }

    static void writeHosts(StateWriter writer, HostDemand hosts) {
        write(writer, hosts.amounts());
        writer.unsigned(hosts.labels().size());
        hosts.labels().forEach((name, value) -> writer.utf8(name).utf8(value));
        writer.flag(hosts.gang());
    }

    static void write(StateWriter writer, Map<String, Long> needs) {
        writer.unsigned(needs.size());
        needs.forEach((limit, units) -> writer.utf8(limit).unsigned(units));
    }
}
