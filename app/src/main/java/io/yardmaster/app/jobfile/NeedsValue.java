package io.yardmaster.app.jobfile;

import io.yardmaster.app.jobfile.YamlNode.Entry;
import io.yardmaster.app.work.HostAmounts;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.HostLimits;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The needs of a stage: a mapping of the names of limits to the units that each of its tasks holds. */
final class NeedsValue {
    private static final Pattern NAME = Pattern.compile(GraphLimits.LIMIT_NAME);

    private NeedsValue() {}

    /** @param stage the name of the stage */
    static Map<String, Long> read(String stage, YamlNode value, FileMistakes mistakes) {
        String owner = "needs of stage '" + stage + "'";
        if (!value.isMapping()) {
            mistakes.add(
                    value.line(),
                    owner + " must be a mapping of the names of limits to numbers of units, not " + value.kind());
            return Map.of();
        }
        if (value.entries().size() > GraphLimits.NEEDS) {
            mistakes.add(
                    value.line(),
                    "%s has %s limits, and may have %s"
                            .formatted(owner, value.entries().size(), GraphLimits.NEEDS));
            return Map.of();
        }
        FileValues values = new FileValues(
                value, owner, value.entries().stream().map(Entry::key).toList(), mistakes);
        Map<String, Long> needs = new TreeMap<>();
        for (Entry entry : value.entries()) {
            if (!NAME.matcher(entry.key()).matches()) {
                mistakes.add(
                        entry.line(),
                        "%s has '%s': the name of a limit has up to 64 of a-z, 0-9, '.', '_' and '-', the first a letter or digit"
                                .formatted(owner, entry.key()));
                continue;
            }
            units(values, entry).ifPresent(units -> needs.put(entry.key(), units));
        }
        return needs;
    }

    /** The scheduler knows whether it is the need of a limit, which has fewer units, or an amount of a host. */
    private static Optional<Long> units(FileValues values, Entry entry) {
        if (entry.value().isText()) {
            OptionalLong size = HostAmounts.size(entry.value().text());
            if (size.isPresent() && size.getAsLong() <= HostLimits.AMOUNT) {
                return Optional.of(size.getAsLong());
            }
        }
        return values.number(entry.key(), 1, HostLimits.AMOUNT);
    }
}
