package io.yardmaster.app.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns of a CSV file of events. Its methods throw {@link IllegalArgumentException} that names the mistake. */
final class CsvColumns {
    private static final String GROUP = "resource_group_id";
    private static final String JOB = "job_id";
    private static final String SESSION = "session_id";
    private static final String INDEX = "task_index";
    private static final String INDICES = "task_indices";
    private static final String ATTEMPT = "attempt";
    private static final String LANE = "lane";
    private static final List<String> ALL = List.of(GROUP, JOB, SESSION, INDEX, INDICES, ATTEMPT, LANE);

    private final List<String> header;

    private CsvColumns(List<String> header) {
        this.header = header;
    }

    static CsvColumns of(List<String> header) {
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            require(ALL.contains(column), "unknown column '" + column + "'; columns are " + String.join(", ", ALL));
            require(seen.add(column), "column " + column + " is there twice");
        }
        for (String column : List.of(GROUP, JOB, SESSION)) {
            require(seen.contains(column), "column " + column + " is missing");
        }
        require(seen.contains(INDEX) != seen.contains(INDICES), "one of " + INDEX + " and " + INDICES + " is needed");
        return new CsvColumns(List.copyOf(header));
    }

    List<StorageEvent<?>> events(List<String> cells) {
        require(cells.size() == header.size(), cells.size() + " cells, but the header has " + header.size());
        long group = number(cells, GROUP, Long.MIN_VALUE, Long.MAX_VALUE);
        long job = number(cells, JOB, Long.MIN_VALUE, Long.MAX_VALUE);
        long session = number(cells, SESSION, 0, Long.MAX_VALUE);
        String lane = cell(cells, LANE);
        return switch (lane) {
            case "", "ready" -> StorageEvent.ready(group, job, session, indices(cells), attempt(cells));
            case "commit" -> {
                requireNoTask(cells, lane);
                yield List.of(StorageEvent.commit(group, job, session));
            }
            case "cleanup" -> {
                requireNoTask(cells, lane);
                yield List.of(StorageEvent.cleanup(group, job, session));
            }
            default -> throw new IllegalArgumentException("lane is '" + lane + "', not ready, commit or cleanup");
        };
    }

    private List<Integer> indices(List<String> cells) {
        return header.contains(INDICES)
                ? TaskIndices.parse(cell(cells, INDICES))
                : List.of((int) number(cells, INDEX, 0, Integer.MAX_VALUE));
    }

    private int attempt(List<String> cells) {
        return cell(cells, ATTEMPT).isEmpty() ? 0 : (int) number(cells, ATTEMPT, 0, Integer.MAX_VALUE);
    }

    private void requireNoTask(List<String> cells, String lane) {
        for (String column : List.of(INDEX, INDICES, ATTEMPT)) {
            require(cell(cells, column).isEmpty(), column + " must be empty in lane " + lane);
        }
    }

    private long number(List<String> cells, String column, long least, long most) {
        return Numbers.parse(column, cell(cells, column), least, most);
    }

    private String cell(List<String> cells, String column) {
        int at = header.indexOf(column);
        return at < 0 ? "" : cells.get(at);
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
