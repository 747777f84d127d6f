package io.yardmaster.client;

import io.yardmaster.schemas.OutcomeLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name by which an execution manager is known in its outcomes. */
final class WorkerName {
    private WorkerName() {}

    /** The host's name and this process's id. */
    static String ofThisProcess() {
        String process = "-" + ProcessHandle.current().pid();
        return Reasons.shortened(host(), OutcomeLimits.WORKER - process.length()) + process;
    }

    /** @throws IllegalArgumentException if it has no or too many characters */
    static String checked(String name) {
        if (name.isBlank() || name.length() > OutcomeLimits.WORKER) {
            throw new IllegalArgumentException(
                    "worker is '" + name + "', must have 1 to " + OutcomeLimits.WORKER + " characters");
        }
        return name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
