package io.yardmaster.topology.config;

import java.util.Locale;

/** How constants are written where people and programs see them: in settings, in what is shown, in what the API answers. */
public final class Labels {
    private Labels() {}

    /** In lower case, with dashes. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
