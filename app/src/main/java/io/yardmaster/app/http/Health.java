package io.yardmaster.app.http;

import java.util.Map;

/** The answers of {@code /health}: 200 for true, 503 for false. Neither method may wait for anything. */
public interface Health {

    /** False when only a restart would help. */
    boolean live();

    /** True while events are being scheduled; false also while that is only interrupted, by a rebalance say. */
    boolean ready();

    /** {@code GET live} and {@code GET ready}. */
    static Router router(Health health) {
        return new Router()
                .on("GET", "live", (request, args) -> reply("live", health.live()))
                .on("GET", "ready", (request, args) -> reply("ready", health.ready()))
                .prompt();
    }

    private static Reply reply(String what, boolean fine) {
        return new Reply(fine ? 200 : 503, Map.of(what, fine));
    }
}
