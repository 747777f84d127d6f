package io.yardmaster.app.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Files from the class path below one folder. A file stays in memory after its first request. */
public final class Assets {
    private static final Pattern PATH =
            Pattern.compile("(?:[A-Za-z0-9_@-][A-Za-z0-9_.@-]*/)*[A-Za-z0-9_@-][A-Za-z0-9_.@-]*");
    private static final int MAX_BYTES = 16 << 20;

    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final ClassLoader loader;
    private final String folder;
    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    /** One file, with a tag that changes with its bytes. */
    static final class Asset {
        private final byte[] bytes;
        private final String contentType;
        private final String tag;

        Asset(byte[] bytes, String contentType, String tag) {
            this.bytes = bytes;
            this.contentType = contentType;
            this.tag = tag;
        }

        byte[] bytes() {
            return bytes;
        }

        String contentType() {
            return contentType;
        }

        String tag() {
            return tag;
        }
    }

    /**
     * Serves the files below a folder.
     *
     * @param folder without a slash at the ends
     */
    public Assets(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /** The file at this path, if its name is plain and its type is known; the empty path leads to {@code index.html}. */
    Optional<Asset> find(String path) {
        String file = path.isEmpty() ? "index.html" : path;
        String type =
                CONTENT_TYPES.get(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null || !PATH.matcher(file).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(known.computeIfAbsent(file, name -> load(name, type)));
    }

    private Asset load(String file, String type) {
        try (InputStream in = loader.getResourceAsStream(folder + "/" + file)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readNBytes(MAX_BYTES);
            return new Asset(bytes, type, "\"" + digest(bytes) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
