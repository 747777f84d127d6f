package io.yardmaster.schemas.serde;

import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import io.yardmaster.schemas.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings of {@link AvroSerde}, named as Confluent's serde names them. Unknown settings are refused if they begin with one
 * of {@link #OURS}; others are ignored, since they may be meant for another class.
 */
final class SerdeSettings {
    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String OLD_USER_INFO = "schema.registry.basic.auth.user.info";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String VALUE_TYPE = "specific.avro.value.type";
    static final String KEY_TYPE = "specific.avro.key.type";
    private static final String READER = "specific.avro.reader";

    private static final List<String> OURS = List.of("schema.registry.", "basic.auth.");

    private static final String FROM_URL = "URL";
    private static final String FROM_USER_INFO = "USER_INFO";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, ConfigDef.Type.LIST, NO_DEFAULT_VALUE, Importance.HIGH, "")
            .define(AUTO_REGISTER, ConfigDef.Type.BOOLEAN, true, Importance.MEDIUM, "")
            .define(
                    CREDENTIALS_SOURCE,
                    ConfigDef.Type.STRING,
                    FROM_URL,
                    ValidString.in(FROM_URL, FROM_USER_INFO),
                    Importance.MEDIUM,
                    "")
            .define(USER_INFO, ConfigDef.Type.PASSWORD, null, Importance.MEDIUM, "")
            .define(OLD_USER_INFO, ConfigDef.Type.PASSWORD, null, Importance.LOW, "")
            .define(CONNECT_TIMEOUT, ConfigDef.Type.INT, 5_000, atLeast(1), Importance.LOW, "")
            .define(READ_TIMEOUT, ConfigDef.Type.INT, 10_000, atLeast(1), Importance.LOW, "")
            .define(VALUE_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW, "")
            .define(KEY_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW, "");

    private final Map<String, Object> values;
    private final Optional<RegistryTls> tls;

    /** @throws ConfigException with one line that names the setting and holds no password */
    SerdeSettings(Map<String, ?> settings) {
        for (String key : settings.keySet()) {
            if (OURS.stream().anyMatch(key::startsWith) && !names().contains(key)) {
                throw new ConfigException(Nearest.unknownSetting(key, names()));
            }
        }
        this.values = DEFINITION.parse(settings);
        this.tls = RegistryTls.of(settings);
    }

    /** The names of all settings that the serde reads. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(DEFINITION.names());
        names.addAll(RegistryTls.names());
        names.add(READER);
        return names;
    }

    boolean autoRegister() {
        return (Boolean) values.get(AUTO_REGISTER);
    }

    /** The class of all records, if one is set. */
    Optional<Class<? extends SpecificRecord>> readerType(boolean isKey) {
        String name = isKey ? KEY_TYPE : VALUE_TYPE;
        Class<?> type = (Class<?>) values.get(name);
        if (type == null) {
            return Optional.empty();
        }
        if (!SpecificRecord.class.isAssignableFrom(type)) {
            throw new ConfigException("%s: %s is no class that Avro generated".formatted(name, type.getName()));
        }
        return Optional.of(type.asSubclass(SpecificRecord.class));
    }

    SchemaRegistry registry() {
        List<String> addresses = addresses();
        if (addresses.size() == 1 && addresses.get(0).startsWith(MockSchemaRegistry.SCHEME)) {
            return MockSchemaRegistry.named(addresses.get(0).substring(MockSchemaRegistry.SCHEME.length()));
        }
        Optional<String> userInfo = userInfo();
        List<RegistryEndpoint> endpoints =
                addresses.stream().map(address -> endpoint(address, userInfo)).toList();
        if (tls.isPresent() && endpoints.stream().noneMatch(RegistryEndpoint::isEncrypted)) {
            throw new ConfigException(
                    "%s* is set, but no address of %s begins with https://".formatted(RegistryTls.PREFIX, URL));
        }
        return new HttpSchemaRegistry(endpoints, new RegistryHttp(millis(CONNECT_TIMEOUT), millis(READ_TIMEOUT), tls));
    }

    private List<String> addresses() {
        List<String> addresses = ((List<?>) values.get(URL))
                .stream().map(address -> address.toString().strip()).toList();
        if (addresses.isEmpty() || addresses.contains("")) {
            throw new ConfigException(URL + " has an empty address: http://host:port, https://... or mock://name");
        }
        return addresses;
    }

    private static RegistryEndpoint endpoint(String address, Optional<String> userInfo) {
        try {
            return RegistryEndpoint.parse(address, userInfo);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("%s: %s %s; one or more http(s)://host:port, or one mock://name, are allowed"
                    .formatted(URL, withoutUserInfo(address), e.getMessage()));
        }
    }

    private static String withoutUserInfo(String address) {
        return address.replaceFirst("^([^:]*://)?.*@", "$1***@");
    }

    private Optional<String> userInfo() {
        if (values.get(CREDENTIALS_SOURCE).equals(FROM_URL)) {
            return Optional.empty();
        }
        return Stream.of(USER_INFO, OLD_USER_INFO)
                .map(name -> (Password) values.get(name))
                .filter(given -> given != null)
                .findFirst()
                .map(Password::value)
                .or(() -> {
                    throw new ConfigException(
                            "%s is %s, but %s is missing".formatted(CREDENTIALS_SOURCE, FROM_USER_INFO, USER_INFO));
                });
    }

    private Duration millis(String name) {
        return Duration.ofMillis((Integer) values.get(name));
    }
}
