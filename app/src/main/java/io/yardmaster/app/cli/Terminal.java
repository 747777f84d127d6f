package io.yardmaster.app.cli;

import java.io.Console;

/** Whether what is printed is seen by a person who watches it. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // what is right from Java 22 on is asked too
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
