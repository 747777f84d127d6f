package io.yardmaster.replay.recording;

import io.yardmaster.core.values.Event;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recording as a day to be replayed: the events of all shards, with the runs of their tasks. The file is read twice, as outcomes come
 * behind the events of their tasks; of each run some 100 bytes are kept in memory, of all else one block.
 */
public final class RecordingDay implements Day {
    /** The topics that tell how tasks ran, which pools place tasks on hosts, and on which. */
    private static final Set<RecordedTopic> FIRST =
            Set.of(RecordedTopic.DISPATCH, RecordedTopic.OUTCOMES, RecordedTopic.POLICY, RecordedTopic.HOSTS);
    /** The topics of which the events are made. */
    private static final Set<RecordedTopic> SECOND =
            EnumSet.complementOf(EnumSet.of(RecordedTopic.DISPATCH, RecordedTopic.OUTCOMES, RecordedTopic.HOSTS));

    private final RecordingReader reader;
    private final RecordedEntries entries;
    private final Map<Long, JobRuns> runs = new HashMap<>();
    private final HostTasks hostTasks = new HostTasks();
    private final RecordedHosts recordedHosts = new RecordedHosts();
    private final List<HostChange> hosts;
    private final Set<String> poolsOfHosts;
    private final Set<Long> jobsWithoutHosts = new HashSet<>();
    /** About the records of tasks. */
    private final List<String> notices = new ArrayList<>();

    private long firstEventAt = Long.MIN_VALUE;
    private long latest = Long.MIN_VALUE;

    private RecordingDay(Path file) {
        try (RecordingReader first = RecordingReader.open(file, FIRST)) {
            for (RecordRow next = first.nextRow(); next != null; next = first.nextRow()) {
                look(file, next);
            }
            notices.addAll(first.notices());
        }
        runs.values().forEach(JobRuns::sort);
        hosts = recordedHosts.changes(hostTasks::isPlaced);
        poolsOfHosts = hosts.stream().map(HostChange::pool).collect(Collectors.toSet());
        reader = RecordingReader.open(file, SECOND);
        entries = new RecordedEntries(reader);
    }

    /**
     * Opens a recording.
     *
     * @throws InvalidDayException if it cannot be read
     */
    public static RecordingDay open(Path file) {
        return new RecordingDay(file);
    }

    /** The settings and the size of the deployment. */
    public RecordingHeader header() {
        return reader.header();
    }

    private void look(Path file, RecordRow record) {
        try {
            if (!record.isRefused()) {
                look(record);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidDayException("%s: %s: %s".formatted(file, record.place(), e.getMessage()));
        }
    }

    private void look(RecordRow record) {
        if (record.topic() == RecordedTopic.OUTCOMES) {
            of(record).ended(record);
            recordedHosts.busy(record.timestampMs());
        } else if (record.isAssignment()) {
            of(record).assigned(record);
            recordedHosts.busy(record.timestampMs());
        } else if (record.topic() == RecordedTopic.POLICY) {
            HostTasks.placed(record).ifPresent(hostTasks::place);
        } else if (record.topic() == RecordedTopic.HOSTS) {
            recordedHosts.heard(record);
        }
    }

    private JobRuns of(RecordRow record) {
        return runs.computeIfAbsent(record.number("job_id"), job -> new JobRuns());
    }

    @Override
    public Optional<TimedEvent> next() {
        Optional<DayEntry> next = entries.next();
        while (next.isPresent()) {
            Optional<TimedEvent> event = timed(next.get());
            if (event.isPresent()) {
                return event;
            }
            next = entries.next();
        }
        return Optional.empty();
    }

    private Optional<TimedEvent> timed(DayEntry entry) {
        if (entry instanceof DayEntry.SessionPublished published) {
            return Optional.of(new TimedEvent(pass(entry), published.event()));
        }
        if (entry instanceof DayEntry.Arrived arrived && !(arrived.event() instanceof Event.AssignmentEnded)) {
            firstEventAt = firstEventAt == Long.MIN_VALUE ? arrived.at() : firstEventAt;
            Event event = demanded(arrived.event());
            OptionalLong job = JobOf.event(event);
            JobRuns its = job.isPresent() ? runs.get(job.getAsLong()) : null;
            RecordedWork work = its == null ? RecordedWork.NONE : new EventWork(its, event);
            return Optional.of(new TimedEvent(pass(entry), event, work));
        }
        return Optional.empty();
    }

    private Event demanded(Event event) {
        if (event instanceof Event.GraphSubmitted graph && hostTasks.isIn(graph)) {
            if (hostTasks.isBeside(poolsOfHosts, graph)) {
                jobsWithoutHosts.add(graph.job());
            }
            return hostTasks.demands(graph);
        }
        return event;
    }

    @Override
    public List<HostChange> hosts() {
        return hosts;
    }

    private long pass(DayEntry entry) {
        latest = Math.max(latest, entry.at());
        return latest;
    }

    @Override
    public List<String> notes() {
        Set<String> all = new LinkedHashSet<>(entries.notices());
        all.addAll(notices);
        if (!jobsWithoutHosts.isEmpty()) {
            all.add("%s tasks for hosts: in a fleet without hosts their amounts, labels and gangs are ignored"
                    .formatted(CountText.of(jobsWithoutHosts.size(), "job")
                            + (jobsWithoutHosts.size() == 1 ? " has" : " have")));
        }
        if (!hosts.isEmpty() && recordedHosts.isLaterThan(firstEventAt)) {
            all.add(
                    "the recording has no hosts of the beginning of the day: the first ones that it has stand in for them");
        }
        return List.copyOf(all);
    }

    @Override
    public void close() {
        reader.close();
    }
}
