package io.yardmaster.connectors.event;

import io.yardmaster.schemas.JobExpectation;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** A record under construction, which may still take in more tasks of its job. */
abstract sealed class Draft {
    final Change change;

    private Draft(Change change) {
        this.change = change;
    }

    /** @param offset where reading goes on after this record */
    abstract SourceRecord record(Map<String, ?> offset);

    static final class OfEvent extends Draft {
        private final String topic;
        private final LaneEvent event;
        private final List<Integer> indices = new ArrayList<>(1);

        OfEvent(String topic, LaneEvent event, Change change) {
            super(change);
            this.topic = topic;
            this.event = event;
            indices.add(event.index());
        }

        /** Takes in the task of another event if both agree in all but the index and come from one transaction. */
        boolean takesIn(LaneEvent other, Change itsChange, int most) {
            boolean may = other.lane() == Lane.READY
                    && event.lane() == Lane.READY
                    && indices.size() < most
                    && change.transaction().isPresent()
                    && change.transaction().equals(itsChange.transaction())
                    && event.group() == other.group()
                    && event.session() == other.session()
                    && event.attempt() == other.attempt();
            if (may) {
                indices.add(other.index());
            }
            return may;
        }

        @Override
        SourceRecord record(Map<String, ?> offset) {
            Struct value = EventSchemas.struct(event, indices);
            ConnectHeaders headers = new ConnectHeaders();
            if (event.lane() == Lane.GRAPH) {
                // Otherwise the graph of a job that is known would be dropped as a repeat, and nobody told.
                headers.addString(
                        JobExpectation.HEADER, new String(JobExpectation.NEW.encode(), StandardCharsets.US_ASCII));
            }
            return new SourceRecord(
                    change.partition(),
                    offset,
                    topic,
                    null,
                    Schema.INT64_SCHEMA,
                    event.job(),
                    value.schema(),
                    value,
                    change.timestamp(),
                    headers);
        }
    }

    static final class OfReject extends Draft {
        private final String topic;
        private final String reason;

        OfReject(String topic, String reason, Change change) {
            super(change);
            this.topic = topic;
            this.reason = reason;
        }

        @Override
        SourceRecord record(Map<String, ?> offset) {
            ConnectHeaders headers = new ConnectHeaders();
            headers.addString(Topic.REASON_HEADER, reason);
            headers.addString("yardmaster.source", change.row().table());
            return new SourceRecord(
                    change.partition(),
                    offset,
                    topic,
                    null,
                    null,
                    null,
                    Schema.STRING_SCHEMA,
                    change.row().toJson(),
                    change.timestamp(),
                    headers);
        }
    }
}
