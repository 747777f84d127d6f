package io.yardmaster.app.console;

import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** The screen and the colour scheme of somebody who looks at the console. */
record Look(ColorScheme scheme, int width, int height) {
    static final Look LIGHT = new Look(ColorScheme.LIGHT, 1280, 900);
    static final Look DARK = new Look(ColorScheme.DARK, 1280, 900);

    Look wide(int pixels) {
        return new Look(scheme, pixels, height);
    }

    @Override
    public String toString() {
        return scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
}
