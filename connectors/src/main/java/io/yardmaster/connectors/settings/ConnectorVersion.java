package io.yardmaster.connectors.settings;

import java.util.Objects;

/** Of this plug-in. */
public final class ConnectorVersion {
    private ConnectorVersion() {}

    /** What the manifest of the jar says. */
    public static String own() {
        return Objects.requireNonNullElse(ConnectorVersion.class.getPackage().getImplementationVersion(), "undefined");
    }
}
