package io.yardmaster.connectors.settings;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables that Debezium itself uses, and whose rows it captures with the others. */
public final class HelperTables {
    private static final String HEARTBEAT = "heartbeat.action.query";
    private static final String SIGNALS = "signal.data.collection";
    private static final Pattern WRITTEN =
            Pattern.compile("\\b(?:into|update(?:\\s+only)?)\\s+([\\w$.\"`]+)", Pattern.CASE_INSENSITIVE);

    private final Set<String> names = new HashSet<>();

    HelperTables(Map<String, String> debezium) {
        Matcher written = WRITTEN.matcher(debezium.getOrDefault(HEARTBEAT, ""));
        // A match after the first one may belong to ON CONFLICT … UPDATE.
        if (written.find()) {
            names.add(plain(written.group(1)));
        }
        if (debezium.containsKey(SIGNALS)) {
            names.add(plain(debezium.get(SIGNALS)));
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[\"`\\s]", "").toLowerCase(Locale.ROOT);
    }

    /** True if heartbeats or signals are written to this table; the name has its schema or database before it. */
    public boolean have(String table) {
        String plain = plain(table);
        return names.stream().anyMatch(name -> plain.equals(name) || plain.endsWith("." + name));
    }
}
