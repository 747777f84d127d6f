package io.yardmaster.compose;

import io.yardmaster.embedded.connect.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

/** The stack under a name and on ports of its own, without services whose image this machine lacks. */
final class Stack implements AutoCloseable {
    private final String project;
    private final Properties env = DotEnv.read();
    private final Map<String, String> ports = new HashMap<>();
    private final Compose compose;

    Stack(String project) {
        this.project = project;
        List<String> names = env.stringPropertyNames().stream()
                .filter(name -> name.contains("_PORT"))
                .toList();
        Iterator<Integer> free = IntStream.generate(Stack::freePort)
                .distinct()
                .limit(names.size())
                .iterator();
        names.forEach(name -> ports.put(name, Integer.toString(free.next())));
        compose = Compose.project(project, ports);
    }

    void build() {
        compose.run("build");
    }

    /**
     * Returns when all services are started that others wait for; services that wait for them may still be starting.
     */
    void up() {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-build"));
        arguments.addAll(services());
        compose.run(arguments.toArray(String[]::new));
    }

    /** Stops it and keeps its volumes. */
    void down() {
        compose.run("down");
    }

    String psql(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("exec", "-T", "postgres", "psql", "-U", "storage", "-qAt", "-v", "ON_ERROR_STOP=1"));
        command.addAll(List.of(arguments));
        return compose.run(command.toArray(String[]::new)).strip();
    }

    /** Runs a {@code docker} command about the container of a service. */
    String docker(String verb, String service, String... options) {
        List<String> command = new ArrayList<>(List.of("docker", verb));
        command.addAll(List.of(options));
        command.add(compose.run("ps", "--all", "--quiet", service).strip());
        return ShellCommand.run(Map.of(), command).strip();
    }

    String exitCode(String service) {
        return docker("inspect", service, "--format", "{{.State.Running}} {{.State.ExitCode}}");
    }

    String logs() {
        return compose.run("logs", "--no-color", "--tail=40");
    }

    int port(String variable) {
        return Integer.parseInt(ports.get(variable));
    }

    @Override
    public void close() {
        compose.run("down", "--volumes");
    }

    /** Services whose image is here or is built here; prints the others. */
    private List<String> services() {
        List<String> services = new ArrayList<>();
        for (String service : compose.run("config", "--services").lines().toList()) {
            if (service.equals("grafana") && !isHere(env.getProperty("GRAFANA_IMAGE"))) {
                System.out.println(project + " runs without grafana: the image " + env.getProperty("GRAFANA_IMAGE")
                        + " is not here, and neither Debian nor Maven Central has the parts to make it");
            } else {
                services.add(service);
            }
        }
        return services;
    }

    private static boolean isHere(String image) {
        return ShellCommand.succeeds(List.of("docker", "image", "inspect", image));
    }

    private static int freePort() {
        try {
            return FreePort.find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
