/**
 * The settings of our connectors, all under {@code yardmaster.}, with their defaults, limits and help texts.
 *
 * <pre>
 *   configuration ──┬─▶ PollingSettings ──┬─▶ EventSettings: lanes, bad rows, batch size
 *                   └─▶ CaptureSettings ──┘        └─▶ StateSettings: columns and states of plain tables
 *                          └─▶ Debezium's own settings, and the HelperTables that they name
 *                       ResultsSettings ────▶ DatabaseSettings, as of polling; ResultTable
 * </pre>
 *
 * <p>A wrong setting is a {@code ConfigException} in one line that names it; a key under our prefix that no connector
 * knows is an error, too.
 */
package io.yardmaster.connectors.settings;
