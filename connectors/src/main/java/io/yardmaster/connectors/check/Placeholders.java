package io.yardmaster.connectors.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in what a worker's config providers would. Only variables are known here. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+):([^}]*)}");

    private Placeholders() {}

    static Map<String, String> resolve(
            Map<String, String> settings, Map<String, String> environment, List<String> problems) {
        Map<String, String> resolved = new HashMap<>();
        settings.forEach((key, value) -> resolved.put(key, resolve(key, value, environment, problems)));
        return resolved;
    }

    private static String resolve(String key, String value, Map<String, String> environment, List<String> problems) {
        Matcher placeholder = PLACEHOLDER.matcher(value);
        StringBuilder text = new StringBuilder();
        while (placeholder.find()) {
            String name = placeholder.group(2);
            String found = placeholder.group(1).equals("env") ? environment.get(name) : null;
            if (found == null) {
                problems.add(
                        placeholder.group(1).equals("env")
                                ? "%s: the variable %s is not set here".formatted(key, name)
                                : "%s: %s can only be looked up by the worker".formatted(key, placeholder.group()));
            }
            placeholder.appendReplacement(text, Matcher.quoteReplacement(found == null ? "" : found));
        }
        return placeholder.appendTail(text).toString();
    }
}
