/**
 * The figures of replays, and how they are shown.
 *
 * <pre>
 *   RunFigures, one for each policy and one for the day as it was ──▶ Comparison ──▶ ReplayTable · ReplayJson · ReplayCsv · ReplayPage
 * </pre>
 *
 * <p>Figures are collected while a day passes: counts, histograms of waiting times and sums by windows of time, so their size does not
 * depend on the length of the day. Means, sums and longest times are exact; quantiles are at most 2 % too high.
 */
package io.yardmaster.replay.report;
