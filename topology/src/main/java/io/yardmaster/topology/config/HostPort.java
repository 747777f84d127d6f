package io.yardmaster.topology.config;

import java.util.Optional;

/**
 * An address to listen on.
 *
 * @param port 0 for any free one
 */
public record HostPort(String host, int port) {

    /** Reads {@code host:port}; an IPv6 address stands in brackets. */
    static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.contains(":") != bracketed || host.contains("/") || host.contains(" ")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return port > 65535 ? Optional.empty() : Optional.of(new HostPort(bare, port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
