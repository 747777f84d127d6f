package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Request;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.core.view.JobView;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.HostLimits;
import io.yardmaster.topology.config.Labels;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a request; a wrong value is answered with 400 and one line that names it. */
final class Parameters {
    static final int MOST = 1_000;
    static final int USUAL = 100;
    static final int MOST_SLOTS = 1_000_000;

    /** The states of jobs in lists. */
    static final Set<JobView.State> LISTED =
            EnumSet.complementOf(EnumSet.of(JobView.State.IDLE, JobView.State.RESTORING));

    private Parameters() {}

    static long id(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a whole number of 64 bits", e);
        }
    }

    static int shard(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw wrong("lane", text, "a partition's number", e);
        }
    }

    static OptionalInt shard(Request request) {
        String text = request.query().get("lane");
        return text == null ? OptionalInt.empty() : OptionalInt.of(shard(text));
    }

    static int limit(Request request) {
        String text = request.query().get("limit");
        try {
            int limit = text == null ? USUAL : Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrong("limit", text, "a whole number from 1 to " + MOST, e);
        }
        throw wrong("limit", text, "a whole number from 1 to " + MOST, null);
    }

    /** The slots that an estimate takes the default pool to have; empty if it finds out. */
    static OptionalInt slots(Request request) {
        String text = request.query().get("slots");
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            int slots = Integer.parseInt(text);
            if (slots >= 1 && slots <= MOST_SLOTS) {
                return OptionalInt.of(slots);
            }
        } catch (NumberFormatException e) {
            throw wrong("slots", text, "a whole number from 1 to " + MOST_SLOTS, e);
        }
        throw wrong("slots", text, "a whole number from 1 to " + MOST_SLOTS, null);
    }

    /** The number from which a page of stages or tasks goes on. */
    static int from(Request request) {
        String text = request.query().get("after");
        try {
            return text == null ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw wrong("after", text, "the field next of the previous page", e);
        }
    }

    static Optional<String> after(Request request) {
        return Optional.ofNullable(request.query().get("after")).filter(after -> !after.isEmpty());
    }

    /** The host behind which a page begins; empty for the first page. */
    static String host(Request request) {
        String text = after(request).orElse("");
        if (!text.isEmpty() && !HostLimits.isName(text)) {
            throw wrong("after", text, "the name of a host", null);
        }
        return text;
    }

    /** Names of pools; none if it is not given. */
    static Set<String> pools(Request request) {
        String text = request.query().getOrDefault("names", "");
        Set<String> pools = text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(",", -1)));
        if (!pools.stream().allMatch(pool -> pool.matches(GraphLimits.POOL_NAME))) {
            throw wrong("names", text, "names of pools with commas between them", null);
        }
        return pools;
    }

    static JobQuery jobQuery(Request request) {
        String group = request.query().get("group");
        return new JobQuery(
                group == null ? OptionalLong.empty() : OptionalLong.of(id("group", group)),
                state(request.query().get("state")),
                after(request),
                limit(request));
    }

    private static Optional<JobView.State> state(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(LISTED.stream()
                .filter(state -> Labels.of(state).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong("state", text, "active, pending, parked, paused or finalizing", null)));
    }

    static HttpProblem wrong(String name, String value, String allowed, Throwable cause) {
        HttpProblem problem = new HttpProblem(400, 400, name + "=" + value + ": must be " + allowed);
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
