/**
 * What crosses the border between the core and whoever drives it, all of it immutable: an
 * {@link io.yardmaster.core.values.Event} goes in, {@link io.yardmaster.core.values.Decision decisions} come out; before a tick a
 * {@link io.yardmaster.core.values.Demand} comes out, and a {@link io.yardmaster.core.values.Budget} goes in.
 */
package io.yardmaster.core.values;
