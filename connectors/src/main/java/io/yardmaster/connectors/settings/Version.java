package io.yardmaster.connectors.settings;

import java.util.Objects;

/** Of this plug-in. */
public final class Version {
    private Version() {}

    /** What the manifest of the jar says. */
    public static String own() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "undefined");
    }
}
