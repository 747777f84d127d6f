package io.yardmaster.testkafka;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints a line with the reason for each skipped test into the output of Maven. Maven itself counts skipped tests without
 * reasons, and does not count those of a class in whose preparation an assumption failed. JUnit finds this class by itself.
 */
public final class SkippedTests implements TestExecutionListener {
    private final PrintStream out;
    private final Set<String> printed = ConcurrentHashMap.newKeySet();

    /** A listener that prints to stdout. */
    public SkippedTests() {
        this(System.out);
    }

    SkippedTests(PrintStream out) {
        this.out = out;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    /** Prints one line for all tests of a class that are skipped for the same reason. */
    private void print(TestIdentifier test, String reason) {
        String line = "skipped: " + place(test) + ": " + reason;
        if (printed.add(line)) {
            out.println(line);
        }
    }

    private static String place(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof ClassSource type) {
            return type.getClassName();
        }
        return source instanceof MethodSource method ? method.getClassName() : test.getDisplayName();
    }
}
