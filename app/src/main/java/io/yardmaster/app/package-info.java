/**
 * The program {@code yardmaster}: {@link io.yardmaster.app.Yardmaster} has {@code main} and starts a command of {@code cli}. A
 * command reads its settings, connects the packages that it needs, and prints. No other package knows {@code cli}.
 *
 * <pre>
 *   cli ──▶ settings                 the sources of settings
 *    ├────▶ topics ──▶ access        the topics of a deployment, and permissions on them
 *    ├────▶ embedded ──▶ registry    the Kafka and the schema registry of serve --embedded
 *    ├────▶ api, metrics ──▶ http    the HTTP port of serve; the console's files are resources
 *    ├────▶ status                   the client of that API
 *    ├────▶ operator                 commands about jobs, and events
 *    ├────▶ jobfile ─┐               the jobs in YAML that submit reads
 *    ├────▶ jobs ◀───┘ ──▶ workflow  the graphs that submit and demo send, and what becomes of them
 *    ├────▶ storage                  the events in .csv files
 *    ├────▶ work                     the commands that work runs
 *    └────▶ demo                     the execution managers of demo, its counts and its display
 * </pre>
 *
 * <p>{@code terminal} makes text that came from elsewhere safe for a terminal, {@code log} for the log.
 */
package io.yardmaster.app;
