package io.yardmaster.topology.config;

import java.util.Locale;

/** Writes enum constants for people and programs: in settings, on screens and in the API's answers. */
public final class Labels {
    private Labels() {}

    /** The constant's name in lower case, with dashes. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
