package io.yardmaster.compose;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The variables that {@code .env} gives the compose file. */
final class DotEnv {
    private DotEnv() {}

    static Properties read() {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(".env"))) {
            values.load(reader);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
