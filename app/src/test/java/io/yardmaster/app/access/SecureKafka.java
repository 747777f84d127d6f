package io.yardmaster.app.access;

import io.yardmaster.embedded.connect.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.awaitility.Awaitility;

/**
 * A Kafka as it should run in a shared network: clients log in with SCRAM over TLS, and may do what an access control list
 * permits. One node; its certificate is made anew each time, and its own listeners are on loopback.
 */
final class SecureKafka implements AutoCloseable {
    static final String ADMIN = "admin";

    /** Every password holds this mark, so that a search finds it. */
    static final String SECRET = "s3cr3t";

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String HOST = "127.0.0.1";
    private static final String STORE_PASSWORD = SECRET + "-of-the-broker";

    private final KafkaRaftServer server;
    private final Path certificate;
    private final int port;
    private final Admin admin;

    private SecureKafka(KafkaRaftServer server, Path certificate, int port) {
        this.server = server;
        this.certificate = certificate;
        this.port = port;
        this.admin = Admin.create(new HashMap<>(clientSettings(ADMIN)));
    }

    /** Starts with these users besides the administrator; each one's password follows from its name. */
    static SecureKafka start(Path directory, List<String> users) throws Exception {
        Path keys = directory.resolve("broker.p12");
        Path certificate = directory.resolve("broker.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:" + HOST,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                keys.toString(),
                "-file",
                certificate.toString());
        Path log = Files.createDirectory(directory.resolve("kafka"));
        format(log, users);
        int[] ports = {FreePort.find(), FreePort.find(), FreePort.find()};
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings(log, keys, ports), false), Time.SYSTEM);
        server.startup();
        return new SecureKafka(server, certificate, ports[0]);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process keytool = new ProcessBuilder(
                        Stream.concat(Stream.of(program, "-storepass", STORE_PASSWORD), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private static void format(Path log, List<String> users) throws Exception {
        List<String> scram = Stream.concat(Stream.of(ADMIN), users.stream())
                .map(user -> "SCRAM-SHA-256=[name=%s,password=%s]".formatted(user, password(user)))
                .toList();
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(log.toString())
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setScramArguments(scram)
                    .setPrintStream(silent)
                    .run();
        }
    }

    private static Map<String, String> settings(Path log, Path keys, int[] ports) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", log.toString());
        settings.put(
                "listeners",
                "SASL_SSL://%s:%d,INTERNAL://%s:%d,CONTROLLER://%s:%d"
                        .formatted(HOST, ports[0], HOST, ports[1], HOST, ports[2]));
        settings.put(
                "advertised.listeners", "SASL_SSL://%s:%d,INTERNAL://%s:%d".formatted(HOST, ports[0], HOST, ports[1]));
        settings.put("controller.quorum.voters", "1@%s:%d".formatted(HOST, ports[2]));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "INTERNAL");
        settings.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
        settings.put(
                "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", keys.toString());
        settings.put("ssl.keystore.password", STORE_PASSWORD);
        settings.put("ssl.key.password", STORE_PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The node's own listeners know no users.
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "2");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "2");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        return settings;
    }

    static String password(String user) {
        return SECRET + "-of-" + user;
    }

    /** Settings of a Kafka client. */
    Map<String, String> clientSettings(String user) {
        return Map.of(
                "bootstrap.servers",
                HOST + ":" + port,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-256",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password(user)),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.toString());
    }

    Admin admin() {
        return admin;
    }

    void permit(String user, List<Permission> permissions) throws ExecutionException, InterruptedException {
        admin.createAcls(bindings(user, permissions)).all().get();
        await(bindings(user, permissions), true);
    }

    void forbid(String user, List<Permission> permissions) throws ExecutionException, InterruptedException {
        admin.deleteAcls(bindings(user, permissions).stream()
                        .map(AclBinding::toFilter)
                        .toList())
                .all()
                .get();
        await(bindings(user, permissions), false);
    }

    private void await(List<AclBinding> bindings, boolean there) {
        Awaitility.await().atMost(LONG).until(() -> {
            for (AclBinding binding : bindings) {
                if (admin.describeAcls(binding.toFilter()).values().get().isEmpty() == there) {
                    return false;
                }
            }
            return true;
        });
    }

    private static List<AclBinding> bindings(String user, List<Permission> permissions) {
        return permissions.stream()
                .map(permission -> new AclBinding(
                        new ResourcePattern(
                                permission.type(),
                                permission.name(),
                                permission.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL),
                        new AccessControlEntry("User:" + user, "*", permission.operation(), AclPermissionType.ALLOW)))
                .toList();
    }

    @Override
    public void close() {
        admin.close();
        server.shutdown();
        server.awaitShutdown();
    }
}
