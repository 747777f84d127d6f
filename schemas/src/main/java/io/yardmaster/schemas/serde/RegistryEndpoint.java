package io.yardmaster.schemas.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * One address of a schema registry.
 *
 * @param base without credentials and without a slash at its end
 * @param authorization the value of the header of that name
 */
record RegistryEndpoint(String base, Optional<String> authorization) {
    /**
     * @param userInfo {@code user:password} for addresses that carry none of their own
     * @throws IllegalArgumentException if this is no http(s) address; the message does not repeat it
     */
    static RegistryEndpoint parse(String address, Optional<String> userInfo) {
        URI uri = parse(address);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException("is no http:// or https:// address with a host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must end with its path");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().replaceAll("/+$", "");
        return new RegistryEndpoint(
                scheme + "://" + uri.getHost() + port + path,
                Optional.ofNullable(uri.getUserInfo()).or(() -> userInfo).map(RegistryEndpoint::basic));
    }

    private static URI parse(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            // The message of e holds the whole address with its password.
            throw new IllegalArgumentException("is no valid URL (special characters in a password must be %-encoded)");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    boolean isEncrypted() {
        return base.startsWith("https:");
    }

    URI at(String path) {
        return URI.create(base + path);
    }

    /** The address without credentials. */
    @Override
    public String toString() {
        return base;
    }
}
