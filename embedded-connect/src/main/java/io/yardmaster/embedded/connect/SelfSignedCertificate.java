package io.yardmaster.embedded.connect;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key with a certificate that signs itself, which the JDK's {@code keytool} makes once for all servers of this process. */
final class SelfSignedCertificate {
    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";
    private static final int LONGEST_SECONDS = 60;

    private static SelfSignedCertificate made;

    private final String key;
    private final String certificate;

    private SelfSignedCertificate(String key, String certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static synchronized SelfSignedCertificate ofThisProcess() throws IOException {
        if (made == null) {
            made = make();
        }
        return made;
    }

    private static SelfSignedCertificate make() throws IOException {
        Path directory = Files.createTempDirectory("certificate");
        Path file = directory.resolve("keys.p12");
        try {
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "RSA",
                    "-dname",
                    "CN=localhost",
                    "-validity",
                    "36500",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            return new SelfSignedCertificate(
                    pem(
                            "PRIVATE KEY",
                            store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                    pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .inheritIO()
                .redirectInput(Redirect.PIPE)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no key within " + LONGEST_SECONDS + " s, or said why");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a key", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String pem(String name, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, body);
    }

    /** Writes the key as PEM. */
    Path writeKey(Path file) throws IOException {
        return Files.writeString(file, key);
    }

    /** Writes the certificate as PEM. */
    Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, certificate);
    }
}
