package io.yardmaster.app.cli;

import java.io.Console;

/** Finds out whether the output goes to a terminal, where a person may watch it. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // isTerminal, which Java 22 added, is asked as well
    static boolean isThere() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
