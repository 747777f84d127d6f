package io.yardmaster.topology.config;

import io.yardmaster.schemas.Nearest;
import java.util.Collection;

/** A setting is unknown or has a value that is not allowed. The message is one line; secrets are masked in it. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    private InvalidSettingException(String key, String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "));
        this.key = key;
    }

    /** "active.jobs=0: must be a whole number from 1 to 1000000". */
    public static InvalidSettingException value(String key, String value, String problem) {
        return new InvalidSettingException(key, key + "=" + Secrets.mask(key, value) + ": " + problem);
    }

    /** "unknown setting actve.jobs: the nearest known one is active.jobs". */
    static InvalidSettingException unknown(String key, Collection<String> known) {
        return new InvalidSettingException(key, Nearest.unknownSetting(key, known));
    }

    /** Makes an exception of a sentence that names the setting already. */
    static InvalidSettingException about(String key, String sentence) {
        return new InvalidSettingException(key, sentence);
    }

    /** The key of the setting that is wrong. */
    public String key() {
        return key;
    }
}
