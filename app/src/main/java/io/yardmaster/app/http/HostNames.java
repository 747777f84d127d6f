package io.yardmaster.app.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The host names that requests may be for. If only this machine can reach the port, or if names were given, requests for
 * other names are refused: a page of another site cannot make its own name lead here (DNS rebinding).
 */
final class HostNames {
    private final boolean restricted;
    private final boolean loopback;
    private final String listen;
    private final Set<String> given;

    /** @param given names that proxies pass on, beside those of this machine and of {@code listen}; empty for none */
    HostNames(InetAddress address, String listen, Set<String> given) {
        this.loopback = address.isLoopbackAddress();
        this.restricted = loopback || !given.isEmpty();
        this.listen = listen.toLowerCase(Locale.ROOT);
        this.given = given.stream().map(HostNames::name).collect(Collectors.toUnmodifiableSet());
    }

    /** True if the port answers a request with this Host header; a client of HTTP/1.0 may send none, and is no browser. */
    boolean admits(String header) {
        if (!restricted || header == null) {
            return true;
        }
        String name = name(header);
        // An address cannot be made to lead elsewhere, as a name can.
        return isLoopback(name) || name.equals(listen) || given.contains(name) || (!loopback && isAddress(name));
    }

    /** True if only a program on this machine would use this name; a proxy that keeps names passes on other names. */
    boolean isLocal(String header, InetAddress reached) {
        String name = header == null ? "" : name(header);
        return isLoopback(name)
                || (!given.contains(name) && (name.equals(listen) || name.equals(reached.getHostAddress())));
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    /** Without a port, brackets, or the dot at the end of a whole name. */
    private static String name(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            return name.replaceFirst("^\\[(.*)](:\\d*)?$", "$1");
        }
        boolean bare = name.indexOf(':') != name.lastIndexOf(':');
        return bare ? name : name.replaceFirst(":\\d*$", "").replaceFirst("\\.$", "");
    }
}
