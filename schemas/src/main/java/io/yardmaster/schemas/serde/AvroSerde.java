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
 * <p>The registry is asked once per topic and schema when writing and once per schema id when reading; what it
 * says of an id that it does not know, or of a schema that cannot be read here, holds for ten seconds. Serializer and
 * deserializer may be used by many threads at once; both throw {@link RegistryUnavailableException}, and the deserializer
 * {@link UnreadableRecordException}, the serializer {@link IncompatibleSchemaException} or {@link
 * UnregisteredSchemaException}.
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

    /** The names of all settings that it reads. */
    public static Set<String> settingNames() {
        return SerdeSettings.names();
    }

    /**
     * Whether it would take these settings.
     *
     * @throws org.apache.kafka.common.config.ConfigException as {@link #configure} does
     */
    public static void check(Map<String, ?> settings) {
        new SerdeSettings(settings).registry();
    }

    /** The same one at each call. */
    @Override
    public Serializer<T> serializer() {
        return Objects.requireNonNull(serializer, "configure the serde first");
    }

    /** The same one at each call. */
    @Override
    public Deserializer<T> deserializer() {
        return Objects.requireNonNull(deserializer, "configure the serde first");
    }
}
