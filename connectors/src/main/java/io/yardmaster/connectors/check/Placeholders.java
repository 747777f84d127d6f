package io.yardmaster.connectors.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Fills in values as a worker's config providers do, if they have the names that Kafka's documentation gives them:
 * {@code ${env:NAME}}, {@code ${file:PATH:KEY}} and {@code ${directory:PATH:FILE}}. Values that only the worker can
 * look up stay as they are.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+):(?:([^}:]*):)?([^}]*)}");
    private static final String ENVIRONMENT = "env";

    private final Map<String, String> environment;
    private final List<String> problems;
    private final Map<String, String> resolved = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    private Placeholders(Map<String, String> environment, List<String> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** @param problems gets a line for each value that should be found here and is missing */
    static Placeholders resolve(Map<String, String> settings, Map<String, String> environment, List<String> problems) {
        Placeholders placeholders = new Placeholders(environment, problems);
        settings.forEach((key, value) -> placeholders.resolved.put(key, placeholders.resolve(key, value)));
        return placeholders;
    }

    Map<String, String> settings() {
        return resolved;
    }

    /** The settings whose values only the worker can look up. */
    Set<String> unknown() {
        return unknown;
    }

    private String resolve(String key, String value) {
        Matcher placeholder = PLACEHOLDER.matcher(value);
        StringBuilder text = new StringBuilder();
        while (placeholder.find()) {
            String found = look(key, placeholder);
            placeholder.appendReplacement(text, Matcher.quoteReplacement(found));
        }
        return placeholder.appendTail(text).toString();
    }

    private String look(String key, Matcher placeholder) {
        String name = placeholder.group(3);
        return switch (placeholder.group(1)) {
            case ENVIRONMENT -> {
                String found = environment.get(name);
                if (found == null) {
                    problems.add("%s: the variable %s is not set here".formatted(key, name));
                }
                yield found == null ? "" : found;
            }
            case "file" -> ask(new FileConfigProvider(), key, placeholder);
            case "directory", "dir" -> ask(new DirectoryConfigProvider(), key, placeholder);
            default -> {
                unknown.add(key);
                yield placeholder.group();
            }
        };
    }

    private String ask(ConfigProvider provider, String key, Matcher placeholder) {
        String path = String.valueOf(placeholder.group(2));
        String name = placeholder.group(3);
        String found = null;
        try (provider) {
            // Otherwise the provider logs the error with a stack trace.
            if (!Files.isReadable(Path.of(path))) {
                throw new ConfigException(path);
            }
            provider.configure(Map.of());
            found = provider.get(path, Set.of(name)).data().get(name);
        } catch (IOException | ConfigException | InvalidPathException e) {
            problems.add("%s: %s cannot be read here".formatted(key, path));
            return "";
        }
        if (found == null) {
            problems.add("%s: there is no %s in %s".formatted(key, name, path));
        }
        return found == null ? "" : found;
    }
}
