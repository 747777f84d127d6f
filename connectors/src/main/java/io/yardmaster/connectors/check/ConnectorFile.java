package io.yardmaster.connectors.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads the configuration file of a connector. */
final class ConnectorFile {
    private ConnectorFile() {}

    /**
     * The settings of a {@code .properties} file, or of JSON as the REST interface takes it, with or without a name
     * around it.
     *
     * @throws UnreadableConfigException in one line
     */
    static Map<String, String> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read as UTF-8 text" : "no such file";
            throw new UnreadableConfigException(file + ": " + why, e);
        }
        return file.toString().endsWith(".properties") ? properties(file, text) : json(file, text);
    }

    private static Map<String, String> properties(Path file, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableConfigException(file + ": " + e.getMessage(), e);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties.forEach((key, value) -> settings.put((String) key, (String) value));
        return settings;
    }

    private static Map<String, String> json(Path file, String text) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableConfigException(
                    "%s:%s: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()), e);
        }
        JsonNode config = root.path("config").isObject() ? root.path("config") : root;
        if (!config.isObject()) {
            throw new UnreadableConfigException(file + ": must be a JSON object of settings", null);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> setting : config.properties()) {
            if (!setting.getValue().isValueNode()) {
                throw new UnreadableConfigException(file + ": " + setting.getKey() + " must be text", null);
            }
            settings.put(setting.getKey(), setting.getValue().asText());
        }
        return settings;
    }
}
