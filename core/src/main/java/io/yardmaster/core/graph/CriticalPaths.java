package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The average time of the tasks of each stage of a graph, as far as it is known, and the expected time from each stage to the end
 * of the graph: the longest way along the stages that wait for it. A stage with a longer way goes first. Whole numbers only, so that the
 * order is the same on every machine and after every restart.
 */
final class CriticalPaths {
    /** Larger graphs go in the order of arrival: so many stages and dependencies are looked at in one call. */
    static final int MOST_STEPS = 20_000;

    /** The time of a task, in ms, as long as none of its stage has succeeded. */
    static final long UNKNOWN = 1_000;

    /** A new time counts as one eighth of the average. */
    private static final long SHARE_OF_NEW = 8;

    /** The ways are computed anew after so many outcomes that each of them pays for as many steps. */
    private static final long STEPS_OF_OUTCOME = 16;

    private static final int MOST_PLACE = 255;
    private static final int PLACES_BITS = 3;

    private final GraphStore store;
    private final long owner;
    /** By stage: the average time of a task plus 1, in ms; 0 if none is known. */
    private final long[] times;
    /** By stage: its place among those of equal priority. */
    private final int[] places;
    /** By block. */
    private final boolean[] changed;

    private int stepsOfAll;
    private int outcomes;
    /** True if a time has changed so much that the order may be another one. */
    private boolean stale;

    private boolean headChanged;

    CriticalPaths(GraphStore store, long owner, int stages) {
        this.store = store;
        this.owner = owner;
        this.times = new long[stages];
        this.places = new int[stages];
        this.changed = new boolean[StageBlocks.numberOf(stages - 1) + 1];
        byte[] head = store.get(owner, GraphKeys.PATHS, changed.length);
        if (head != null) {
            StateReader reader = new StateReader(head);
            stepsOfAll = reader.count();
            outcomes = reader.count();
            stale = reader.flag();
            for (int block = 0; block < changed.length; block++) {
                read(block, store.get(owner, GraphKeys.PATHS, block));
            }
        }
    }

    private void read(int block, byte @Nullable [] stored) {
        if (stored != null) {
            StateReader reader = new StateReader(stored);
            for (int stage = block << StageBlock.BITS; reader.hasMore(); stage++) {
                times[stage] = reader.unsigned();
                places[stage] = reader.count();
            }
        }
    }

    /** Returns whether a graph is small enough to be ordered so. */
    static boolean suits(Graph graph) {
        int steps = 0;
        for (int stage = 0; stage < graph.stages && steps <= MOST_STEPS; stage++) {
            steps += 1 + graph.block(stage).successors(Graph.placeOf(stage));
        }
        return steps <= MOST_STEPS;
    }

    int placeOf(int stage) {
        return places[stage];
    }

    /** The expected time of a task, in ms. */
    long expected(int stage) {
        return times[stage] == 0 ? UNKNOWN : times[stage] - 1;
    }

    /** Takes the time of a task that has succeeded into account. */
    void succeeded(int stage, long millis) {
        long before = expected(stage);
        boolean isFirst = times[stage] == 0;
        long more = millis - before;
        // Rounded away from 0, so that an average that is off by less than the divisor still moves.
        long step = isFirst ? more : (more + Long.signum(more) * (SHARE_OF_NEW - 1)) / SHARE_OF_NEW;
        times[stage] = before + step + 1;
        changed[StageBlocks.numberOf(stage)] |= isFirst || step != 0;
        stale |= place(before) != place(before + step);
        outcomes++;
        headChanged = true;
    }

    /** Returns whether the order may have changed, and enough outcomes have come to look at all of it. */
    boolean areDue() {
        return stale && outcomes * STEPS_OF_OUTCOME >= stepsOfAll;
    }

    /** Computes the order anew. */
    void compute(Graph graph) {
        int[] order = inOrder(graph);
        long[] ways = new long[graph.stages];
        for (int at = order.length - 1; at >= 0; at--) {
            int stage = order[at];
            StageBlock block = graph.block(stage);
            int place = Graph.placeOf(stage);
            long longest = 0;
            for (int i = 0; i < block.successors(place); i++) {
                longest = Math.max(longest, ways[StageBlock.stageOf(block.successor(place, i))]);
            }
            ways[stage] = expected(stage) + longest;
            put(stage, place(ways[stage]));
        }
        outcomes = 0;
        stale = false;
        headChanged = true;
    }

    private void put(int stage, int place) {
        if (places[stage] != place) {
            places[stage] = place;
            changed[StageBlocks.numberOf(stage)] = true;
        }
    }

    /** All stages, each behind those that it waits for. */
    private int[] inOrder(Graph graph) {
        int[] waits = new int[graph.stages];
        int steps = graph.stages;
        for (int stage = 0; stage < graph.stages; stage++) {
            StageBlock block = graph.block(stage);
            int successors = block.successors(Graph.placeOf(stage));
            steps += successors;
            for (int i = 0; i < successors; i++) {
                waits[StageBlock.stageOf(block.successor(Graph.placeOf(stage), i))]++;
            }
        }
        stepsOfAll = steps;
        int[] order = new int[graph.stages];
        int end = 0;
        for (int stage = 0; stage < graph.stages; stage++) {
            if (waits[stage] == 0) {
                order[end++] = stage;
            }
        }
        for (int at = 0; at < end; at++) {
            StageBlock block = graph.block(order[at]);
            int place = Graph.placeOf(order[at]);
            for (int i = 0; i < block.successors(place); i++) {
                int successor = StageBlock.stageOf(block.successor(place, i));
                if (--waits[successor] == 0) {
                    order[end++] = successor;
                }
            }
        }
        return Arrays.copyOf(order, end);
    }

    /** From 1 on: eight places for each doubling of a time in ms, so that times within a tenth may have the same place. */
    static int place(long millis) {
        long value = Math.max(1, millis);
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        long part = power >= PLACES_BITS ? value >>> (power - PLACES_BITS) : value << (PLACES_BITS - power);
        int below = (int) part - (1 << PLACES_BITS);
        return Math.min(MOST_PLACE, 1 + (power << PLACES_BITS) + below);
    }

    void flush(StateWriter writer) {
        if (headChanged) {
            headChanged = false;
            writer.reset().unsigned(stepsOfAll).unsigned(outcomes).flag(stale);
            store.put(owner, GraphKeys.PATHS, changed.length, writer.toBytes());
        }
        for (int block = 0; block < changed.length; block++) {
            if (changed[block]) {
                changed[block] = false;
                int first = block << StageBlock.BITS;
                writer.reset();
                for (int stage = first; stage < Math.min(times.length, first + StageBlock.SIZE); stage++) {
                    writer.unsigned(times[stage]).unsigned(places[stage]);
                }
                store.put(owner, GraphKeys.PATHS, block, writer.toBytes());
            }
        }
    }
}
