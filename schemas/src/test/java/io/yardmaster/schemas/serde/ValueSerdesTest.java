package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Topic;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class ValueSerdesTest {
    private static final Map<String, String> MOCK = Map.of("schema.registry.url", "mock://values");

    @Test
    void theDefaultIsOurs() {
        var serde = ValueSerdes.of(Topic.READY, MOCK);
        byte[] bytes = serde.serializer().serialize("t", Samples.taskReady(1));

        assertThat(serde).isInstanceOf(AvroSerde.class);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(Samples.taskReady(1));
    }

    @Test
    void aRecordOfAnotherTopicsTypeIsUnreadable() {
        byte[] bytes = ValueSerdes.of(Topic.COMMIT, MOCK).serializer().serialize("t", new CommitReady(1L, 2L, 3L));
        var ready = ValueSerdes.of(Topic.READY, MOCK).deserializer();

        assertThatThrownBy(() -> ready.deserialize("t", bytes)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void anotherSerdeGetsAllSettings() {
        var serde = ValueSerdes.of(
                Topic.READY, Map.of("value.serde", " " + Recording.class.getName(), "some.setting", "some value"));

        assertThat(serde).isInstanceOf(Recording.class);
        assertThat(((Recording) (Serde<?>) serde).settings)
                .isEqualTo(Map.of(
                        "value.serde",
                        " " + Recording.class.getName(),
                        "some.setting",
                        "some value",
                        "specific.avro.reader",
                        true,
                        "specific.avro.value.type",
                        Topic.READY.valueType()));
        assertThat(ValueSerdes.of(Topic.READY, Map.of("value.serde", Recording.class)))
                .isInstanceOf(Recording.class);
    }

    @Test
    void aClassThatIsNoSerdeIsRefusedInOneLine() {
        isRefused("no.such.Serde", "is not on the class path");
        isRefused("java.lang.String", "is no org.apache.kafka.common.serialization.Serde");
        isRefused(Hidden.class.getName(), "no public constructor");
    }

    private static void isRefused(String value, String why) {
        assertThatThrownBy(() -> ValueSerdes.of(Topic.READY, Map.of("value.serde", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("value.serde", value, why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void wrongSettingsAreRefusedInOneLine() {
        assertThatThrownBy(() -> ValueSerdes.of(Topic.READY, Map.of("schema.registry.url", "here")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schema.registry.url: here is no http");
        assertThatThrownBy(() -> ValueSerdes.of(Topic.READY, Map.of("value.serde", Refusing.class.getName())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("value.serde", Refusing.class.getName(), "not today");
    }

    public static class Recording implements Serde<Object> {
        Map<String, ?> settings;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            settings = configs;
        }

        @Override
        public Serializer<Object> serializer() {
            return (topic, value) -> new byte[0];
        }

        @Override
        public Deserializer<Object> deserializer() {
            return (topic, bytes) -> "";
        }
    }

    public static final class Refusing extends Recording {
        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            throw new IllegalStateException("not\ntoday");
        }
    }

    public static final class Hidden extends Recording {
        Hidden() {}
    }
}
