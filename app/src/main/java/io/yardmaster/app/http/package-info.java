/**
 * The HTTP port: JSON, files and events over Jetty's own handlers. The package knows no answer; {@code serve} mounts them.
 *
 * <pre>
 *   request ─▶ Guard ─▶ Mounts ─▶ RouterHandler ─▶ worker ─▶ Router ─▶ Reply
 *              names,   by path   body complete    none if it is prompt
 *              size         │
 *                           ├───▶ AssetHandler
 *                           └───▶ EventStream
 * </pre>
 *
 * <p>Guarantees. A client that stops in the middle of a request keeps no thread. Health is answered without a worker, also while
 * all workers wait for Kafka. A handler that fails, with an {@code Error} too, is answered with 500 and one line in the log.
 * Requests, connections and waiting requests are bounded.
 */
package io.yardmaster.app.http;
