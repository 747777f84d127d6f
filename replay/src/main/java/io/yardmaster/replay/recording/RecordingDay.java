package io.yardmaster.replay.recording;

import io.yardmaster.core.values.Event;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.Day;
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

/**
 * A recording as a day to be replayed: the events of all shards, with the runs of their tasks. The file is read twice, as outcomes come
 * behind the events of their tasks; of each run some 100 bytes are kept in memory, of all else one block.
 */
public final class RecordingDay implements Day {
    /** The topics that tell how tasks ran. */
    private static final Set<RecordedTopic> TASKS = Set.of(RecordedTopic.DISPATCH, RecordedTopic.OUTCOMES);
    /** Those, and the one that tells which pools place tasks on hosts. */
    private static final Set<RecordedTopic> FIRST =
            Set.of(RecordedTopic.DISPATCH, RecordedTopic.OUTCOMES, RecordedTopic.POLICY);

    private final RecordingReader reader;
    private final RecordedEntries entries;
    private final Map<Long, JobRuns> runs = new HashMap<>();
    private final HostTasks hosts = new HostTasks();
    private final Set<Long> jobsOnHosts = new HashSet<>();
    /** About the records of tasks. */
    private final List<String> notices = new ArrayList<>();

    private long latest = Long.MIN_VALUE;

    private RecordingDay(Path file) {
        try (RecordingReader first = RecordingReader.open(file, FIRST)) {
            Optional<RecordedRecord> next = first.next();
            while (next.isPresent()) {
                RecordedRecord record = next.get();
                if (record.refused().isEmpty()) {
                    look(record);
                }
                next = first.next();
            }
            notices.addAll(first.notices());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidDayException(file + ": " + e.getMessage());
        }
        runs.values().forEach(JobRuns::sort);
        reader = RecordingReader.open(file, EnumSet.complementOf(EnumSet.copyOf(TASKS)));
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

    private void look(RecordedRecord record) {
        if (record.topic() == RecordedTopic.OUTCOMES) {
            of(record).ended(record.value());
        } else if (record.isAssignment()) {
            of(record).assigned(record.value());
        } else if (record.topic() == RecordedTopic.POLICY) {
            HostTasks.placed(record).ifPresent(hosts::place);
        }
    }

    private JobRuns of(RecordedRecord record) {
        return runs.computeIfAbsent(Fields.number(record.value(), "job_id"), job -> new JobRuns());
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
            Event event = demanded(arrived.event());
            OptionalLong job = JobOf.event(event);
            RecordedWork work = job.isPresent() && runs.containsKey(job.getAsLong())
                    ? new EventWork(runs.get(job.getAsLong()), event)
                    : RecordedWork.NONE;
            return Optional.of(new TimedEvent(pass(entry), event, work));
        }
        return Optional.empty();
    }

    private Event demanded(Event event) {
        if (event instanceof Event.GraphSubmitted graph && hosts.isIn(graph)) {
            jobsOnHosts.add(graph.job());
            return hosts.demands(graph);
        }
        return event;
    }

    private long pass(DayEntry entry) {
        latest = Math.max(latest, entry.at());
        return latest;
    }

    @Override
    public List<String> notes() {
        Set<String> all = new LinkedHashSet<>(entries.notices());
        all.addAll(notices);
        if (!jobsOnHosts.isEmpty()) {
            all.add("%s tasks for hosts: in a fleet without hosts their amounts, labels and gangs are ignored"
                    .formatted(CountText.of(jobsOnHosts.size(), "job") + (jobsOnHosts.size() == 1 ? " has" : " have")));
        }
        return List.copyOf(all);
    }

    @Override
    public void close() {
        reader.close();
    }
}
