package io.yardmaster.bench.idle;

/**
 * A build whose {@code serve} is measured.
 *
 * @param label in the table; empty for this build
 * @param classPath of its JVM
 */
record Build(String label, String classPath) {
    static Build own() {
        return new Build("", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    /** @param directory with all jars of another build */
    static Build in(String directory) {
        return new Build("baseline", directory + "/*");
    }
}
