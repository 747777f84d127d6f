package io.yardmaster.topology;

import io.yardmaster.schemas.TopicNames;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** Names the topic of the pool of an assignment for a host, for a person as what it is. */
record PlacedTopicName(TopicNames topics) implements TopicNameExtractor<PlacedKey, SpecificRecord> {
    @Override
    public String extract(PlacedKey key, SpecificRecord value, RecordContext context) {
        return key.topic();
    }

    /** As {@code describe} shows it. */
    @Override
    public String toString() {
        return topics.dispatch("POOL");
    }
}
