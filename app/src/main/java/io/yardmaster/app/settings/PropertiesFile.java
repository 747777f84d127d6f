package io.yardmaster.app.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A {@code .properties} file in UTF-8, read so that each value's line is known. */
final class PropertiesFile {
    private PropertiesFile() {}

    static Map<String, Sourced> read(Path file) {
        List<String> lines = lines(file);
        Map<String, Sourced> settings = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String origin = file + ":" + (i + 1);
            StringBuilder logical = new StringBuilder(lines.get(i));
            while (!isComment(logical) && isContinued(logical) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            parse(logical.toString(), origin)
                    .forEach((key, value) -> settings.put((String) key, new Sourced((String) value, origin)));
        }
        return settings;
    }

    private static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            throw new SettingsException("--config " + file + ": no such file");
        }
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new SettingsException("--config " + file + ": is not UTF-8 text", e);
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "is a directory" : "cannot be read";
            throw new SettingsException("--config " + file + ": " + why, e);
        }
    }

    private static Properties parse(String logicalLine, String origin) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(logicalLine));
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(origin + ": " + e.getMessage(), e);
        }
        return properties;
    }

    private static boolean isComment(CharSequence line) {
        String text = line.toString().stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    private static boolean isContinued(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
