package io.yardmaster.app.status;

import io.yardmaster.app.api.HostsAnswer.PoolAnswer;
import io.yardmaster.app.api.HostsAnswer.ResourceAnswer;
import io.yardmaster.app.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pools that place tasks on hosts as lines of text: their hosts, what is booked of them, and how full they are. */
public final class HostsStatusText {
    private static final String LEVELS = " ▁▂▃▄▅▆▇█";

    private final List<String> lines = new ArrayList<>();

    private HostsStatusText() {}

    /** All of it. */
    public static List<String> of(List<PoolAnswer> pools) {
        HostsStatusText text = new HostsStatusText();
        if (pools.isEmpty()) {
            text.line("no pool places tasks on hosts, or none has hosts");
        }
        pools.forEach(text::pool);
        return text.lines;
    }

    private void pool(PoolAnswer pool) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        line(
                "pool %s  %s%s%s, %s on them, %,d without a host%s",
                pool.pool(),
                counted(pool.hosts(), "host"),
                pool.silentHosts() == 0 ? "" : String.format(Locale.ROOT, ", %,d silent", pool.silentHosts()),
                pool.overbookedHosts() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d overbooked", pool.overbookedHosts()),
                counted(pool.placedTasks(), "task"),
                pool.waitingTasks(),
                pool.blockedMs() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (hosts are reserved for %,d s)", pool.blockedMs() / 1_000));
        if (!pool.resources().isEmpty()) {
            line("%-16s  %20s  %20s  %-32s  hosts by use", "resource", "booked", "of", "largest free");
        }
        pool.resources().forEach(this::resource);
    }

    private void resource(ResourceAnswer use) {
        line(
                "%-16s  %,20d  %,20d  %-32s  |%s|",
                use.name(),
                use.booked(),
                use.total(),
                use.largestFreeHost().isEmpty()
                        ? "-"
                        : String.format(Locale.ROOT, "%,d on %s", use.largestFree(), use.largestFreeHost()),
                columns(use.hostsByUse()));
    }

    private static String counted(int count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /** A character for each part, the higher the more hosts. */
    private static String columns(List<Integer> hosts) {
        int most = hosts.stream().mapToInt(Integer::intValue).max().orElse(0);
        StringBuilder text = new StringBuilder();
        hosts.forEach(count ->
                text.append(LEVELS.charAt(count == 0 ? 0 : (int) Math.ceil((LEVELS.length() - 1.0) * count / most))));
        return text.toString();
    }

    private void line(String format, Object... values) {
        lines.add(Printable.line(String.format(Locale.ROOT, format, values)));
    }
}
