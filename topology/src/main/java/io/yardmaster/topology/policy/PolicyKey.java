package io.yardmaster.topology.policy;

import java.util.Comparator;
import java.util.stream.Stream;

/** The key of an entry, such as {@code group/7}. In order of the kinds, then of the ids. */
public record PolicyKey(PolicyKind kind, String id) implements Comparable<PolicyKey> {
    private static final Comparator<PolicyKey> ORDER = Comparator.comparing(PolicyKey::kind)
            .thenComparing(key -> key.kind.isNumbered() && key.id.startsWith("-"), Comparator.reverseOrder())
            .thenComparing(key -> key.kind.isNumbered() ? key.id.length() : 0)
            .thenComparing(PolicyKey::id);

    /**
     * Reads a key.
     *
     * @throws InvalidPolicyException if there is no such kind of entry, or the id is not allowed; the message begins with the text,
     *     and names the nearest kind
     */
    public static PolicyKey parse(String text) {
        try {
            return parsed(text);
        } catch (InvalidPolicyException e) {
            throw new InvalidPolicyException(text + ": " + e.getMessage());
        }
    }

    private static PolicyKey parsed(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? text : text.substring(0, slash);
        PolicyKind kind = PolicyKind.ofPrefix(prefix)
                .orElseThrow(() -> PolicyKind.unknown(
                        "key",
                        prefix,
                        Stream.of(PolicyKind.values()).map(PolicyKind::prefix).toList()));
        if (slash < 0) {
            throw new InvalidPolicyException(
                    "must be followed by / and " + kind.idWords() + ", as in " + kind.example());
        }
        return kind.key(text.substring(slash + 1));
    }

    @Override
    public int compareTo(PolicyKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.prefix() + "/" + id;
    }
}
