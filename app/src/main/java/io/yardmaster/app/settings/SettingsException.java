package io.yardmaster.app.settings;

/** Settings cannot be read or are wrong; the message is one line that names the setting and its origin. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(oneLine(message));
    }

    public SettingsException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** A wrong key or value may hold line breaks. */
    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
