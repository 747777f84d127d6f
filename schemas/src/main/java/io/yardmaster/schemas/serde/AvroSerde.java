package io.yardmaster.schemas.serde;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records in Confluent's wire format, against a registry that speaks Confluent's REST protocol. Null is null bytes.
 *
 * <p>Settings, as Confluent's serde has them: {@code schema.registry.url} (one or more addresses, tried in turn; {@code
 * mock://name} is {@link MockSchemaRegistry}), {@code auto.register.schemas} (true), {@code
 * basic.auth.credentials.source} ({@code URL} or {@code USER_INFO}), {@code basic.auth.user.info}, {@code
 * http.connect.timeout.ms} (5000) and {@code http.read.timeout.ms} (10000) per address, {@code schema.registry.ssl.*} for
 * TLS as Kafka's clients have it in {@code ssl.*}. Subjects are the topic's name and {@code -key} or {@code -value}.
 *
 * <p>A record is read as the generated class that has the name of the writer's schema, or as the class in {@code
 * specific.avro.value.type} ({@code specific.avro.key.type}) if that is set; older and newer schemas are resolved to that
 * class's.
 *
 * <p>The serde asks the registry once per topic and schema when writing, and once per schema id when reading. If the registry
 * does not know an id, or its schema cannot be read here, it asks again only after ten seconds. Many threads may use the
 * serializer and the deserializer at once. Both throw {@link RegistryUnavailableException}; the deserializer throws {@link
 * UnreadableRecordException}, and the serializer {@link IncompatibleSchemaException} or {@link UnregisteredSchemaException}.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private AvroSerializer<T> serializer;
    private AvroDeserializer<T> deserializer;

    /** @throws org.apache.kafka.common.config.ConfigException in one line that names the setting */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        SerdeSettings parsed = new SerdeSettings(settings);
        SchemaRegistry registry = parsed.registry();
        serializer = new AvroSerializer<>(new SchemaIds(registry, isKey, parsed.autoRegister()));
        deserializer = new AvroDeserializer<>(new RecordReaders(registry, parsed.readerType(isKey)));
    }

    /** The names of all settings that the serde reads. */
    public static Set<String> settingNames() {
        return SerdeSettings.names();
    }

    /**
     * Checks settings without using them.
     *
     * @throws org.apache.kafka.common.config.ConfigException as {@link #configure} does
     */
    public static void check(Map<String, ?> settings) {
        new SerdeSettings(settings).registry();
    }

    /** Returns the same serializer at each call. */
    @Override
    public Serializer<T> serializer() {
        return Objects.requireNonNull(serializer, "configure the serde first");
    }

    /** Returns the same deserializer at each call. */
    @Override
    public Deserializer<T> deserializer() {
        return Objects.requireNonNull(deserializer, "configure the serde first");
    }
}
