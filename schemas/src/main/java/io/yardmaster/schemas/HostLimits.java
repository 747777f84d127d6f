package io.yardmaster.schemas;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Limits of a {@link Host}. The scheduler refuses one that does not keep them. */
public final class HostLimits {
    /** The number of resources, and of labels. */
    public static final int ENTRIES = 64;
    /** The largest amount of a resource. */
    public static final long AMOUNT = (1L << 53) - 1;
    /** The longest value of a label, in characters. */
    public static final int LABEL = 200;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");
    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,63}");

    private HostLimits() {}

    /** Returns whether a host may have this name. */
    public static boolean isName(String host) {
        return HOST.matcher(host).matches();
    }

    /** Returns whether a host may have a label of this name and value. */
    public static boolean isLabel(String name, String value) {
        return LABEL_NAME.matcher(name).matches() && value.length() <= LABEL;
    }

    /** One line that says which limit a host does not keep; empty if it keeps them all. */
    public static Optional<String> problem(String host, Map<String, Long> total, Map<String, String> labels) {
        if (!HOST.matcher(host).matches()) {
            return Optional.of(
                    "host '%s': must have 1 to 200 letters, digits, '.', '_', ':' and '-', the first a letter or digit"
                            .formatted(shown(host)));
        }
        if (total.size() > ENTRIES) {
            return Optional.of("host %s has %s resources, and may have %s".formatted(host, total.size(), ENTRIES));
        }
        if (labels.size() > ENTRIES) {
            return Optional.of("host %s has %s labels, and may have %s".formatted(host, labels.size(), ENTRIES));
        }
        for (Map.Entry<String, Long> each : total.entrySet()) {
            if (!RESOURCE.matcher(each.getKey()).matches()) {
                return Optional.of(
                        "resource '%s' of host %s: a name must have 1 to 64 of a-z, 0-9, '.', '_' and '-', the first a letter or digit"
                                .formatted(shown(each.getKey()), host));
            }
            if (each.getValue() < 0 || each.getValue() > AMOUNT) {
                return Optional.of("host %s has %s=%s: must be from 0 to %s"
                        .formatted(host, each.getKey(), each.getValue(), AMOUNT));
            }
        }
        for (Map.Entry<String, String> each : labels.entrySet()) {
            if (!LABEL_NAME.matcher(each.getKey()).matches()) {
                return Optional.of(
                        "label '%s' of host %s: a name must have 1 to 64 letters, digits, '.', '_', '/' and '-', the first a letter or digit"
                                .formatted(shown(each.getKey()), host));
            }
            if (each.getValue().length() > LABEL) {
                return Optional.of("label %s of host %s has %s characters, and may have %s"
                        .formatted(each.getKey(), host, each.getValue().length(), LABEL));
            }
        }
        return Optional.empty();
    }

    /** In one short line, whatever it has. */
    private static String shown(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }
}
