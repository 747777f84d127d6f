package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TopicNames;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** Names the topic of an assignment's pool, for a person as what it is. */
final class PoolTopicName implements TopicNameExtractor<Object, SpecificRecord> {
    private final TopicNames topics;

    PoolTopicName(TopicNames topics) {
        this.topics = topics;
    }

    @Override
    public String extract(Object key, SpecificRecord value, RecordContext context) {
        return topics.dispatch(((TaskAssignment) value).getPool());
    }

    /** As {@code describe} shows it. */
    @Override
    public String toString() {
        return topics.dispatch("POOL");
    }
}
