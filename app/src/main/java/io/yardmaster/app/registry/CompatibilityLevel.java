package io.yardmaster.app.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** The demands on a subject's next version; the names are the protocol's. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOlder;
    private final boolean readByOlder;
    private final boolean transitive;

    CompatibilityLevel(boolean readsOlder, boolean readByOlder, boolean transitive) {
        this.readsOlder = readsOlder;
        this.readByOlder = readByOlder;
        this.transitive = transitive;
    }

    /**
     * The reasons why a schema must not follow the older ones; empty when it may.
     *
     * @param older the subject's versions, oldest first
     */
    List<String> objections(Schema next, List<Schema> older) {
        List<String> objections = new ArrayList<>();
        int first = transitive ? 0 : Math.max(0, older.size() - 1);
        for (Schema old : older.subList(first, older.size())) {
            if (readsOlder) {
                add(objections, "the new schema cannot read data of an older one", next, old);
            }
            if (readByOlder) {
                add(objections, "an older schema cannot read data of the new one", old, next);
            }
        }
        return objections;
    }

    private static void add(List<String> objections, String what, Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        for (var incompatibility : result.getIncompatibilities()) {
            objections.add("%s: %s at %s: %s"
                    .formatted(
                            what,
                            incompatibility.getType(),
                            incompatibility.getLocation(),
                            incompatibility.getMessage()));
        }
    }
}
