package io.yardmaster.bench.peers;

import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rounds of all schedulers, side by side, and their ratios, which are taken within a round. */
final class PeerFigures {
    private final Map<Contender, Map<WorkShape, List<ShapeResult>>> rounds = new EnumMap<>(Contender.class);

    void add(Contender contender, WorkShape shape, ShapeResult result) {
        rounds.computeIfAbsent(contender, none -> new EnumMap<>(WorkShape.class))
                .computeIfAbsent(shape, none -> new ArrayList<>())
                .add(result);
    }

    /** The ratios to the best peer with their targets, and all numbers that they come from. */
    Figures figures() {
        Figures figures = new Figures();
        for (PeerMeasure measure : PeerMeasure.values()) {
            List<Contender> measured = contenders(measure.startsProcesses());
            measured.forEach(contender -> figures.addAbsolute(
                    measure.key() + ", " + contender.label() + ", " + measure.what(), sample(contender, measure)));
            measured.stream()
                    .filter(Contender::isPeer)
                    .max(best(measure))
                    .ifPresent(peer -> figures.add(ratio(measure, measured.get(0), peer)));
        }
        return figures;
    }

    private Figure ratio(PeerMeasure measure, Contender own, Contender peer) {
        return new Figure(
                measure.key(),
                measure.what().replaceAll(", (tasks/s|ms)$", "") + ", to " + peer.label(),
                sample(own, measure).over(sample(peer, measure)),
                Unit.TIMES,
                measure.target(),
                measure.startsProcesses() ? "a process for each task" : "handlers in the worker's process");
    }

    private Comparator<Contender> best(PeerMeasure measure) {
        Comparator<Contender> most =
                Comparator.comparingDouble(peer -> sample(peer, measure).median());
        return measure.isTime() ? most.reversed() : most;
    }

    private Sample sample(Contender contender, PeerMeasure measure) {
        return new Sample(rounds.get(contender).get(measure.shape()).stream()
                .map(measure::of)
                .toList());
    }

    /** The measured schedulers, this one first. */
    private List<Contender> contenders(boolean startsProcesses) {
        return Arrays.stream(Contender.values())
                .filter(rounds::containsKey)
                .filter(contender -> contender.startsProcesses() == startsProcesses)
                .toList();
    }

    /** A table with a column for each scheduler: medians of the rounds. Empty if none was measured. */
    String sideBySide(boolean startsProcesses) {
        List<Contender> columns = contenders(startsProcesses);
        if (columns.isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(
                List.of(startsProcesses ? "a process for each task" : "handlers in the worker's process"));
        columns.forEach(contender -> head.add(contender.label()));
        rows.add(head);
        for (PeerMeasure measure : PeerMeasure.of(startsProcesses)) {
            List<String> row = new ArrayList<>(List.of(measure.what()));
            columns.forEach(contender -> row.add(number(measure, contender)));
            rows.add(row);
        }
        return AlignedRows.of(rows, false);
    }

    private String number(PeerMeasure measure, Contender contender) {
        return String.format(
                Locale.ROOT,
                measure.isTime() ? "%,.2f" : "%,.0f",
                sample(contender, measure).median());
    }
}
