package io.yardmaster.replay.traces;

import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.ModelHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The hosts of a fleet in CSV, a line for each: its name in the first column, and its amounts and labels in the others, by the names in the
 * first line. A column {@code pool} names the pool whose tasks the host runs. Any other column is one of amounts if all of its cells are
 * whole numbers. The node list of Alibaba's GPU trace, whose first column is
 * {@code sn}, counts whole GPUs; as pods may share one, such a host has {@code gpu_milli}, a thousand for each.
 */
public final class HostFile {
    private static final int MOST_HOSTS = 100_000;
    private static final int MOST_COLUMNS = 64;
    private static final long MOST_UNITS = 1L << 53;
    private static final String POOL = "pool";
    private static final String SERIAL_NUMBER = "sn";
    private static final String GPU = "gpu";
    private static final String GPU_MILLI = "gpu_milli";
    private static final long WHOLE_GPU = 1_000;

    private HostFile() {}

    /**
     * Reads a file, which may be compressed by gzip.
     *
     * @throws InvalidDayException if it cannot be read or makes no sense
     */
    public static List<ModelHost> read(Path file) {
        try (CsvRows rows = new CsvRows(file)) {
            List<String> first = rows.next();
            List<String> columns = first == null ? List.of() : List.copyOf(first);
            if (columns.size() < 2 || columns.size() > MOST_COLUMNS || new HashSet<>(columns).size() < columns.size()) {
                throw TraceFile.mistake(
                        file,
                        1,
                        "must name the columns: the host's name, and up to %s different ones of amounts and labels"
                                .formatted(MOST_COLUMNS - 1));
            }
            int pool = columns.lastIndexOf(POOL);
            Map<String, List<String>> hosts = new LinkedHashMap<>();
            for (List<String> cells = rows.next(); cells != null; cells = rows.next()) {
                if (cells.size() != columns.size()) {
                    throw TraceFile.mistake(
                            file,
                            rows.line(),
                            "has %s cells; there are %s columns".formatted(cells.size(), columns.size()));
                }
                String name = cells.get(0);
                if (name.isEmpty() || (pool > 0 && cells.get(pool).isEmpty())) {
                    throw TraceFile.mistake(file, rows.line(), name.isEmpty() ? "names no host" : "names no pool");
                }
                String inPool = pool > 0 ? cells.get(pool) + '/' + name : name;
                if (hosts.put(inPool, List.copyOf(cells)) != null) {
                    throw TraceFile.mistake(file, rows.line(), "host %s is there twice".formatted(name));
                }
                if (hosts.size() > MOST_HOSTS) {
                    throw TraceFile.mistake(file, rows.line(), "more than %s hosts".formatted(MOST_HOSTS));
                }
            }
            if (hosts.isEmpty()) {
                throw new InvalidDayException(file + ": has no hosts");
            }
            return hosts(columns, hosts.values());
        }
    }

    private static List<ModelHost> hosts(List<String> columns, Collection<List<String>> rows) {
        Set<Integer> ofAmounts = new HashSet<>();
        for (int column = 1; column < columns.size(); column++) {
            int each = column;
            if (rows.stream().allMatch(cells -> isAmount(cells.get(each)))) {
                ofAmounts.add(column);
            }
        }
        boolean isNodeList = columns.get(0).equals(SERIAL_NUMBER);
        List<ModelHost> hosts = new ArrayList<>();
        rows.forEach(cells -> {
            TreeMap<String, Long> amounts = new TreeMap<>();
            Map<String, String> labels = new TreeMap<>();
            String pool = "";
            for (int column = 1; column < cells.size(); column++) {
                if (columns.get(column).equals(POOL)) {
                    pool = cells.get(column);
                } else if (ofAmounts.contains(column)) {
                    amounts.put(columns.get(column), Long.parseLong(cells.get(column)));
                } else if (!cells.get(column).isEmpty()) {
                    labels.put(columns.get(column), cells.get(column));
                }
            }
            Long gpus = isNodeList ? amounts.remove(GPU) : null;
            if (gpus != null) {
                amounts.put(GPU_MILLI, WHOLE_GPU * gpus);
            }
            hosts.add(new ModelHost(cells.get(0), pool, amounts, labels));
        });
        return hosts;
    }

    private static boolean isAmount(String cell) {
        return cell.matches("[0-9]{1,16}") && Long.parseLong(cell) <= MOST_UNITS;
    }
}
