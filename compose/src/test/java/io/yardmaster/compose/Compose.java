package io.yardmaster.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compose, as Docker's plug-in or as the older program of its own, on the file of this folder. */
final class Compose {
    private static final List<List<String>> PROGRAMS = List.of(List.of("docker", "compose"), List.of("docker-compose"));

    private final List<String> start;
    private final Map<String, String> environment;

    private Compose(List<String> start, Map<String, String> environment) {
        this.start = start;
        this.environment = environment;
    }

    static boolean isInstalled() {
        return PROGRAMS.stream().anyMatch(Compose::answers);
    }

    static Compose here() {
        return project("yardmaster", Map.of());
    }

    /** @param environment wins over {@code .env} */
    static Compose project(String name, Map<String, String> environment) {
        List<String> start = new ArrayList<>(PROGRAMS.stream()
                .filter(Compose::answers)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no compose is installed")));
        start.addAll(List.of("--project-name", name));
        return new Compose(start, environment);
    }

    String run(String... arguments) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        return ShellCommand.run(environment, command);
    }

    private static boolean answers(List<String> program) {
        List<String> command = new ArrayList<>(program);
        command.add("version");
        return ShellCommand.succeeds(command);
    }
}
