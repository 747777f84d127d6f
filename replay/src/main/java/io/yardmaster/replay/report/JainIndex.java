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
 * @param windows that were counted
 */
public record JainIndex(OptionalDouble turns, OptionalDouble cost, int windows) {
    /** In windows of the figures. */
    static final int WIDTH = 4;

    static JainIndex of(RunFigures figures, ToDoubleFunction<Long> weight) {
        double turns = 0;
        double cost = 0;
        int withTurns = 0;
        int withCost = 0;
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
            double byTurns = index(waiting, group -> group.turns(window, WIDTH) / weight.applyAsDouble(group.id()));
            if (byTurns > 0) {
                turns += byTurns;
                withTurns++;
            }
            double byCost = index(waiting, group -> group.cost(window, WIDTH) / weight.applyAsDouble(group.id()));
            if (byCost > 0) {
                cost += byCost;
                withCost++;
            }
        }
        return new JainIndex(mean(turns, withTurns), mean(cost, withCost), withTurns);
    }

    private static OptionalDouble mean(double sum, int count) {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
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
