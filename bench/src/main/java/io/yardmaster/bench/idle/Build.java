package io.yardmaster.bench.idle;

/**
 * Which classes {@code serve} is run from.
 *
 * @param label in the table; empty for this build
 * @param classPath of its JVM
 */
record Build(String label, String classPath) {
    static Build own() {
        return new Build("", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    /** @param directory where all jars of another build are */
    static Build in(String directory) {
        return new Build("baseline", directory + "/*");
    }
}
