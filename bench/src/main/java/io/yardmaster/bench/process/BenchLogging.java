package io.yardmaster.bench.process;

/**
 * Chooses the benchmarks' logging. Its file has a name of its own: the class path has the command line's
 * {@code logback.xml} as well, and with two files of one name Logback prints its status at each start.
 */
public final class BenchLogging {
    static final String PROPERTY = "logback.configurationFile";
    static final String FILE = "logback-bench.xml";

    private BenchLogging() {}

    /** Call it before the first logger is made. A file that the user has chosen has precedence. */
    public static void configure() {
        System.setProperty(PROPERTY, chosen());
    }

    /** The option with which a child JVM logs as this one does. */
    static String option() {
        return "-D" + PROPERTY + "=" + chosen();
    }

    private static String chosen() {
        return System.getProperty(PROPERTY, FILE);
    }
}
