package io.yardmaster.schemas.serde;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * The TLS of connections to a registry, by the TLS settings of Kafka's clients behind {@code schema.registry.}. The name in the
 * registry's certificate is always compared with that in its address.
 *
 * @param settings by the names that Kafka's clients have
 */
record RegistryTls(Map<String, Object> settings) {
    static final String PREFIX = "schema.registry.ssl.";

    private static final String SSL = "ssl.";
    private static final String NAME_CHECK = "https";
    private static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();
    private static final List<String> FILES =
            List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

    /** Reads the settings; empty if none of them is set, so that Java's own certificates are trusted. */
    static Optional<RegistryTls> of(Map<String, ?> all) {
        Map<String, Object> given = new HashMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                given.put(SSL + key.substring(PREFIX.length()), value);
            }
        });
        if (given.isEmpty()) {
            return Optional.empty();
        }
        RegistryTls tls = new RegistryTls(parse(given));
        tls.check();
        return Optional.of(tls);
    }

    /** The names of all settings, with their prefix, except that of an engine factory, which Java's HTTP client cannot use. */
    static Set<String> names() {
        return DEFINITION.names().stream()
                .filter(name -> !name.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG))
                .map(RegistryTls::named)
                .collect(Collectors.toSet());
    }

    private static String named(String setting) {
        return PREFIX + setting.substring(SSL.length());
    }

    private static Map<String, Object> parse(Map<String, Object> given) {
        try {
            return DEFINITION.parse(given);
        } catch (ConfigException e) {
            throw new ConfigException(PREFIX + "*: " + e.getMessage());
        }
    }

    private void check() {
        for (String key : FILES) {
            Object file = settings.get(key);
            if (file != null && !isFile(file.toString())) {
                throw new ConfigException("%s=%s: no such file".formatted(named(key), file));
            }
        }
        Object algorithm = settings.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        if (!NAME_CHECK.equalsIgnoreCase(String.valueOf(algorithm))) {
            throw new ConfigException("%s=%s: must be https"
                    .formatted(named(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG), algorithm));
        }
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** @throws ConfigException if the certificates or keys cannot be used */
    void applyTo(HttpClient.Builder client) {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(settings);
            SSLEngine engine = factory.createClientSslEngine("", 0, NAME_CHECK);
            client.sslContext(factory.sslContext())
                    .sslParameters(new SSLParameters(engine.getEnabledCipherSuites(), engine.getEnabledProtocols()));
        } catch (KafkaException | IllegalArgumentException e) {
            throw new ConfigException(PREFIX + "*: " + sentence(e));
        }
    }

    /** The message of Kafka's exception, and the reason, which is in the message of its cause. */
    private static String sentence(Exception failure) {
        String reason =
                failure.getCause() == null ? "" : ": " + failure.getCause().getMessage();
        return (failure.getMessage() + reason).replaceAll("\\s+", " ");
    }

    /** Hides the settings, some of which are secret. */
    @Override
    public String toString() {
        return PREFIX + "*";
    }
}
