/**
 * Figures and how they are shown: as a table, as JSON with every round, and as a plot of the distances to their
 * targets.
 *
 * <pre>
 *   Sample, a value per round ──▶ Figure, with unit and target ──▶ Figures ──┬─▶ Table · JsonReport · SvgPlot
 *                                                                           └─▶ Recorded: worse than half as good?
 * </pre>
 *
 * <p>A figure is the median of its rounds. Its key is the same in every version; the recorded figures are found by it.
 */
package io.yardmaster.bench.report;
