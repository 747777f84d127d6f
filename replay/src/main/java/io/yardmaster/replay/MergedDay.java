package io.yardmaster.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Several recordings as one day: their events in the order of their times, and of the recordings where those are equal. */
public final class MergedDay implements Day {
    private final List<Day> days;
    private PriorityQueue<Head> heads;

    private record Head(TimedEvent event, int day) {}

    /** Merges these, and closes them. */
    public MergedDay(List<Day> days) {
        this.days = List.copyOf(days);
    }

    @Override
    public Optional<TimedEvent> next() {
        if (heads == null) {
            heads = new PriorityQueue<>(
                    Comparator.comparingLong((Head head) -> head.event.at()).thenComparingInt(Head::day));
            for (int day = 0; day < days.size(); day++) {
                advance(day);
            }
        }
        Head first = heads.poll();
        if (first == null) {
            return Optional.empty();
        }
        advance(first.day);
        return Optional.of(first.event);
    }

    private void advance(int day) {
        days.get(day).next().ifPresent(event -> heads.add(new Head(event, day)));
    }

    /** The hosts of a recording, if no other has any: nobody knows whether a host of one was there until the next. */
    @Override
    public List<HostChange> hosts() {
        return withHosts() > 1
                ? List.of()
                : days.stream()
                        .flatMap(day -> day.hosts().stream())
                        .sorted(Comparator.comparingLong(HostChange::at))
                        .toList();
    }

    private long withHosts() {
        return days.stream().filter(day -> !day.hosts().isEmpty()).count();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        days.forEach(day -> notes.addAll(day.notes()));
        if (withHosts() > 1) {
            notes.add(("the hosts of %s recordings are left out, as it is not known which were there between them; "
                            + "--hosts gives others")
                    .formatted(withHosts()));
        }
        return notes;
    }

    @Override
    public void close() {
        days.forEach(Day::close);
    }
}
