package io.yardmaster.topology.views;

import java.util.Locale;

/** How constants are written where people and programs see them. */
public final class Labels {
    private Labels() {}

    /** In lower case, with dashes. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
