package io.yardmaster.replay.traces;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The graph of a job in Alibaba's cluster traces, which is in the names of its tasks, here its stages: {@code J5_2_4} is stage 5, after
 * stages 2 and 4; a name without numbers stands alone.
 */
public final class AlibabaNames {
    private static final Pattern NUMBERED = Pattern.compile("[A-Za-z]+(\\d+)((?:_\\d+)*)_?");

    private final Map<String, String> byNumber = new HashMap<>();

    /** The names of all stages of a job. */
    public AlibabaNames(Collection<String> names) {
        names.forEach(name -> {
            Matcher numbered = NUMBERED.matcher(name);
            if (numbered.matches()) {
                byNumber.putIfAbsent(numbered.group(1), name);
            }
        });
    }

    /** The stages that a name says it follows, as far as the job has them. */
    public List<String> before(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        if (!numbered.matches() || numbered.group(2).isEmpty()) {
            return List.of();
        }
        List<String> before = new ArrayList<>();
        for (String number : numbered.group(2).substring(1).split("_", -1)) {
            String other = byNumber.get(number);
            if (other != null && !other.equals(name) && !before.contains(other)) {
                before.add(other);
            }
        }
        return before;
    }
}
