package io.yardmaster.connectors.settings;

import java.util.Objects;

/** The version of this plug-in. */
public final class ConnectorVersion {
    private ConnectorVersion() {}

    /** The version in the jar's manifest. */
    public static String own() {
        return Objects.requireNonNullElse(ConnectorVersion.class.getPackage().getImplementationVersion(), "undefined");
    }
}
