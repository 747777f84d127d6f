package io.yardmaster.app.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.replay.recording.RecordedHosts;
import io.yardmaster.replay.recording.RecordedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Condenses heartbeats to the changes of the hosts: that a host came, is another one, or fell silent. Remembers the hosts that are there,
 * up to {@value #MOST_HOSTS}.
 *
 * <p>A host has fallen silent when another one is heard that much later: if nobody is heard any more, perhaps nobody listened.
 */
final class HostChanges {
    static final int MOST_HOSTS = 100_000;

    /** The latest heartbeat of each host, those first that were heard longest ago. */
    private final Map<Name, RecordedRecord> latest = new LinkedHashMap<>();

    private long ignored;

    private record Name(String pool, String host) {
        static Name of(RecordedRecord heartbeat) {
            return new Name(
                    heartbeat.value().path("pool").asText(),
                    heartbeat.value().path("host").asText());
        }
    }

    /** The records of the changes that a heartbeat tells of, which are those of the silent hosts' last heartbeats, and its own. */
    List<RecordedRecord> of(RecordedRecord heartbeat) {
        List<RecordedRecord> changes = new ArrayList<>();
        var longestAgo = latest.values().iterator();
        while (longestAgo.hasNext()) {
            RecordedRecord last = longestAgo.next();
            if (heartbeat.timestampMs() - last.timestampMs() <= RecordedHosts.SILENT_MS) {
                break;
            }
            longestAgo.remove();
            changes.add(change(last, false));
        }
        Name name = Name.of(heartbeat);
        RecordedRecord before = latest.get(name);
        if (before == null && latest.size() >= MOST_HOSTS) {
            ignored++;
        } else if (before == null || incarnation(heartbeat) >= incarnation(before)) {
            latest.remove(name);
            latest.put(name, heartbeat);
            if (before == null || !before.value().equals(heartbeat.value())) {
                changes.add(change(heartbeat, true));
            }
        }
        return changes;
    }

    private static long incarnation(RecordedRecord heartbeat) {
        return heartbeat.value().path("incarnation").asLong();
    }

    private static RecordedRecord change(RecordedRecord heartbeat, boolean present) {
        ObjectNode value = heartbeat.value().deepCopy();
        return heartbeat.withValue(value.put(RecordedHosts.PRESENT, present));
    }

    /** The number of heartbeats of hosts beyond those that it remembers. */
    long ignored() {
        return ignored;
    }
}
