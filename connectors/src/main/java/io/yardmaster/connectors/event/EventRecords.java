package io.yardmaster.connectors.event;

import io.yardmaster.connectors.settings.EventSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records of the changes of one poll.
 *
 * <p>Ready rows of one job and transaction become one event, at the place of the first of them, unless another row of
 * that job lies in between: the order inside a job is kept, and so is the order in which jobs come up. Rows of
 * different polls are never joined.
 *
 * <p>Offsets. A record's offset is that of its first row, so that all rows up to there are in it or in records before
 * it; rows that it took in from behind may be read again after a crash without exactly-once support. The last record
 * has the offset of the last change.
 */
public final class EventRecords {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecords.class);

    private final EventSettings settings;
    private final RowMapping mapping;
    private ConnectException failure;

    private EventRecords(EventSettings settings, RowMapping mapping) {
        this.settings = settings;
        this.mapping = mapping;
    }

    public static EventRecords ofOutbox(EventSettings settings) {
        return new EventRecords(settings, new OutboxMapping());
    }

    public static EventRecords of(EventSettings settings) {
        return settings.states().isPresent()
                ? new EventRecords(settings, new StateMapping(settings.states().get()))
                : ofOutbox(settings);
    }

    /**
     * The records of these changes, in their order. If a bad row is to stop the task, they end before it, and the next
     * call throws.
     *
     * @throws ConnectException in one line that names the row, at each further call
     */
    public List<SourceRecord> of(List<Change> changes) {
        if (failure != null) {
            throw failure;
        }
        List<Draft> drafts = new ArrayList<>();
        Map<Long, Draft.OfEvent> latest = new HashMap<>();
        Map<String, ?> last = null;
        for (Change change : changes) {
            try {
                Optional<LaneEvent> event = mapping.event(change.row(), change.before());
                event.ifPresent(present -> add(present, change, drafts, latest));
            } catch (BadRowException e) {
                if (!settings.routesBadRows()) {
                    failure = refusal(change, e);
                    break;
                }
                LOG.warn("{} goes to {}: {}", change.row(), settings.deadLetterTopic(), e.getMessage());
                drafts.add(new Draft.OfReject(settings.deadLetterTopic(), e.getMessage(), change));
            }
            last = change.offset();
        }
        if (drafts.isEmpty() && failure != null) {
            throw failure;
        }
        return records(drafts, last);
    }

    private void add(LaneEvent event, Change change, List<Draft> drafts, Map<Long, Draft.OfEvent> latest) {
        Draft.OfEvent before = latest.get(event.job());
        if (before != null && before.takesIn(event, change, settings.batchSize())) {
            return;
        }
        Draft.OfEvent draft = new Draft.OfEvent(settings.topic(event.lane()), event, change);
        drafts.add(draft);
        latest.put(event.job(), draft);
    }

    private static List<SourceRecord> records(List<Draft> drafts, Map<String, ?> last) {
        List<SourceRecord> records = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            records.add(draft.record(i < drafts.size() - 1 ? draft.change.offset() : last));
        }
        return records;
    }

    private ConnectException refusal(Change change, BadRowException e) {
        return new ConnectException("bad row %s: %s; correct it, or set %s=%s to have such rows go to %s"
                .formatted(
                        change.row(),
                        e.getMessage(),
                        EventSettings.ON_BAD_ROW,
                        EventSettings.ROUTE,
                        settings.deadLetterTopic()));
    }
}
