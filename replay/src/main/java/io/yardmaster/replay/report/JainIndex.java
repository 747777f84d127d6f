package io.yardmaster.replay.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The evenness of the service of groups that wait: Jain's index, (Σx)² / (n·Σx²), over the n groups of which a task waited through a
 * whole window, the mean of all windows with two or more such groups. 1 is even; 1/n if one group got everything. The windows are wide,
 * up to 64 for the day, so that many tasks begin in each.
 *
 * @param turns with x the tasks of the group that began in the window, divided by the group's weight
 * @param cost with x the slot time that these tasks take, divided by the weight
 * @param dominant with x the service that these tasks have of the limit of which they have most, that is their time by the parts of the
 *     limit that they hold, divided by the weight; empty if they hold none
 * @param windows that were counted
 */
public record JainIndex(OptionalDouble turns, OptionalDouble cost, OptionalDouble dominant, int windows) {
    /** In windows of the figures. */
    static final int WIDTH = 4;

    static JainIndex of(RunFigures figures, ToDoubleFunction<Long> weight) {
        Mean turns = new Mean();
        Mean cost = new Mean();
        Mean dominant = new Mean();
        List<GroupFigures> waiting = new ArrayList<>();
        for (int number = 0; number < Windows.MOST; number += WIDTH) {
            int window = number;
            waiting.clear();
            figures.groups().stream()
                    .filter(group -> group.waitedThrough(window, WIDTH))
                    .forEach(waiting::add);
            if (waiting.size() < 2) {
                continue;
            }
            turns.add(index(waiting, group -> group.turns(window, WIDTH) / weight.applyAsDouble(group.id())));
            cost.add(index(waiting, group -> group.cost(window, WIDTH) / weight.applyAsDouble(group.id())));
            dominant.add(index(waiting, group -> group.dominant(window, WIDTH) / weight.applyAsDouble(group.id())));
        }
        return new JainIndex(turns.get(), cost.get(), dominant.get(), turns.count);
    }

    /** The mean of those that are not 0. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double index) {
            if (index > 0) {
                sum += index;
                count++;
            }
        }

        OptionalDouble get() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }

    /** The index; 0 if nobody got anything. */
    private static double index(List<GroupFigures> groups, ToDoubleFunction<GroupFigures> share) {
        double sum = 0;
        double squares = 0;
        for (GroupFigures group : groups) {
            double x = share.applyAsDouble(group);
            sum += x;
            squares += x * x;
        }
        return squares == 0 ? 0 : sum * sum / (groups.size() * squares);
    }
}
