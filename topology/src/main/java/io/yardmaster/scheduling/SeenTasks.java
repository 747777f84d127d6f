package io.yardmaster.scheduling;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What one job was told to run in this session, so that nothing runs twice (S7). */
final class SeenTasks {
    private final Pages pages;
    private IndexSet firstAttempts;
    /** The indices seen with each attempt above 0; null as long as there are none, as in most jobs. */
    private TreeMap<Integer, IndexSet> retries;

    SeenTasks(Pages pages) {
        this.pages = pages;
        this.firstAttempts = new IndexSet(pages, 0);
    }

    /** Returns whether neither this attempt nor a higher one was seen of the task before. */
    boolean add(int index, int attempt) {
        if (retries != null) {
            for (IndexSet higher : retries.tailMap(attempt, false).values()) {
                if (higher.contains(index)) {
                    return false;
                }
            }
        }
        return level(attempt).add(index);
    }

    private IndexSet level(int attempt) {
        if (attempt == 0) {
            return firstAttempts;
        }
        if (retries == null) {
            retries = new TreeMap<>();
        }
        return retries.computeIfAbsent(attempt, a -> new IndexSet(pages, a));
    }

    /** How many attempts were seen; not known where some are in pages. */
    OptionalLong size() {
        OptionalLong size = firstAttempts.size();
        if (retries != null) {
            for (IndexSet level : retries.values()) {
                OptionalLong more = level.size();
                size = size.isPresent() && more.isPresent()
                        ? OptionalLong.of(size.getAsLong() + more.getAsLong())
                        : OptionalLong.empty();
            }
        }
        return size;
    }

    void clear() {
        if (firstAttempts.isPaged()
                || (retries != null && retries.values().stream().anyMatch(IndexSet::isPaged))) {
            pages.deleteAll(Keys.SEEN_PAGE);
        }
        firstAttempts = new IndexSet(pages, 0);
        retries = null;
    }

    void write(RecordWriter writer) {
        firstAttempts.write(writer);
        writer.unsigned(retries == null ? 0 : retries.size());
        if (retries != null) {
            for (Map.Entry<Integer, IndexSet> level : retries.entrySet()) {
                writer.unsigned(level.getKey());
                level.getValue().write(writer);
            }
        }
    }

    void read(RecordReader reader) {
        firstAttempts.read(reader);
        for (int levels = reader.count(); levels > 0; levels--) {
            level(reader.count()).read(reader);
        }
    }
}
