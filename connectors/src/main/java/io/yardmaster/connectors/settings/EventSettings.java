package io.yardmaster.connectors.settings;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.yardmaster.connectors.event.Lane;
import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings common to all our connectors: how rows become events, and the topics that events go to. */
public final class EventSettings {
    /** All our settings begin like this; none of Connect's or Debezium's do. */
    public static final String PREFIX = "yardmaster.";

    public static final String ON_BAD_ROW = PREFIX + "on.bad.row";
    public static final String ROUTE = "route";
    public static final String FAIL = "fail";

    private static final String BATCH_SIZE = PREFIX + "batch.size";
    private static final String TOPIC_PREFIX = PREFIX + TopicNames.PREFIX_SETTING;

    private final AbstractConfig values;
    private final TopicNames topics;
    private final Map<Lane, String> lanes = new HashMap<>();
    private final Optional<StateSettings> states;

    EventSettings(AbstractConfig values, Optional<StateSettings> states) {
        this.values = values;
        this.states = states;
        Map<String, String> names = new HashMap<>();
        values.originalsStrings().forEach((key, value) -> {
            if (key.startsWith(PREFIX + "topic.")) {
                names.put(key.substring(PREFIX.length()), value);
            }
        });
        topics = TopicNames.from(names);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, topics.of(lane.topic()));
        }
    }

    static ConfigDef define(ConfigDef definition) {
        definition
                .define(
                        ON_BAD_ROW,
                        ConfigDef.Type.STRING,
                        ROUTE,
                        ValidString.in(ROUTE, FAIL),
                        Importance.HIGH,
                        "The treatment of a row that cannot be an event: it goes to the dead-letter topic with the"
                                + " reason in the header " + Topic.REASON_HEADER
                                + " (route), or stops the task (fail).")
                .define(
                        BATCH_SIZE,
                        ConfigDef.Type.INT,
                        1_000,
                        between(1, 100_000),
                        Importance.LOW,
                        "The most ready rows of one job and transaction that become one event.")
                .define(
                        TOPIC_PREFIX,
                        ConfigDef.Type.STRING,
                        TopicNames.DEFAULT_PREFIX,
                        Importance.MEDIUM,
                        "The beginning of the topics' names, unless yardmaster.topic.* names a topic.");
        for (Lane lane : Lane.values()) {
            defineTopic(definition, lane.topic().id());
        }
        return defineTopic(definition, Topic.DEAD_LETTER_ID);
    }

    private static ConfigDef defineTopic(ConfigDef definition, String id) {
        return definition.define(
                PREFIX + "topic." + id,
                ConfigDef.Type.STRING,
                null,
                Importance.LOW,
                "The whole name of the " + id + " topic.");
    }

    public boolean routesBadRows() {
        return values.getString(ON_BAD_ROW).equals(ROUTE);
    }

    public int batchSize() {
        return values.getInt(BATCH_SIZE);
    }

    public String topic(Lane lane) {
        return lanes.get(lane);
    }

    public String deadLetterTopic() {
        return topics.deadLetter();
    }

    /** The column that every row of our tables has. */
    public String jobColumn() {
        return states.map(StateSettings::jobColumn).orElse(OutboxColumns.JOB);
    }

    /** The mapping of states to events; empty if rows are those of the outbox. */
    public Optional<StateSettings> states() {
        return states;
    }
}
