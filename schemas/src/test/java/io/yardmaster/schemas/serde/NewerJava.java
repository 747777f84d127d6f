package io.yardmaster.schemas.serde;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a Java for a program that needs a newer one than the tests. */
final class NewerJava {
    /** The system property that names a home; then no other is looked at. */
    static final String HOME = "yardmaster.newer.java.home";

    private static final Pattern LEADING_NUMBER = Pattern.compile("\"?(\\d+)");

    private NewerJava() {}

    /** The home of a Java of that version or a newer one: the named one, the tests' own, or one in the same directory. */
    static Optional<Path> home(int leastVersion) {
        return candidates().filter(home -> version(home) >= leastVersion).findFirst();
    }

    private static Stream<Path> candidates() {
        String named = System.getProperty(HOME);
        if (named != null) {
            return Stream.of(Path.of(named));
        }
        Path own = Path.of(System.getProperty("java.home"));
        try (Stream<Path> beside = Files.list(own.toRealPath().getParent())) {
            List<Path> others = beside.sorted().toList();
            return Stream.concat(Stream.of(own), others.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version in the home's file {@code release}; 0 if there is none. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            return 0;
        }
        Matcher feature = LEADING_NUMBER.matcher(release.getProperty("JAVA_VERSION", ""));
        return feature.lookingAt() ? Integer.parseInt(feature.group(1)) : 0;
    }
}
