package io.yardmaster.topology.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Masks values that must never be printed or logged. */
public final class Secrets {
    private static final String MASK = "********";
    private static final Pattern SECRET_KEY = Pattern.compile(
            "password|passwd|secret|token|credential|jaas\\.config|user\\.info|keystore\\.key|private\\.key");
    /** Matches up to the last @ because a password that was not encoded may hold some, and slashes, too. */
    private static final Pattern USER_IN_URL = Pattern.compile("(://)[^\\s,]*@");

    private Secrets() {}

    /** The value as it may be shown: hidden if the key says that it is a secret, else without the user part of URLs. */
    public static String mask(String key, String value) {
        if (SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()) {
            return MASK;
        }
        return inText(value);
    }

    /** A text in which there may be URLs, without their user parts. */
    public static String inText(String text) {
        return USER_IN_URL.matcher(text).replaceAll("$1" + MASK + "@");
    }
}
