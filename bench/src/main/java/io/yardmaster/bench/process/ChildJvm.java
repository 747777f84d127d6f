package io.yardmaster.bench.process;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.bench.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM of its own that gets commands as lines on its standard input. So the heap and the compiled code of one
 * contestant neither help nor hurt another. It ends when this one ends.
 */
public final class ChildJvm implements AutoCloseable {
    static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private static final long END_SECONDS = 30;
    /** The name of the peak of resident memory, in KB, in what Linux says of a process. */
    private static final String PEAK = "VmHWM:";

    private final ObjectMapper json = new ObjectMapper();
    private final String name;
    private final Path log;
    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    /**
     * Starts {@code main} with the class path of this JVM.
     *
     * @param log gets its standard error
     */
    public ChildJvm(String name, Path log, List<String> jvmOptions, Class<?> main, String... arguments) {
        this.name = name;
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(BenchLogging.option());
        command.add("-cp");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new BenchException("cannot start a JVM for " + name + ": " + e.getMessage(), e);
        }
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /**
     * Gives it a command and waits until it is done.
     *
     * @throws BenchException with the child's own reason when the command failed
     */
    public Map<String, String> call(String command, Map<String, String> arguments) {
        Map<String, String> request = new HashMap<>(arguments);
        request.put(CommandLoop.COMMAND, command);
        try {
            requests.write(json.writeValueAsString(request) + "\n");
            requests.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new BenchException(name + " ended at command " + command + ", see " + log);
            }
            Map<String, String> answer = json.readValue(line, STRINGS);
            if (answer.containsKey(CommandLoop.ERROR)) {
                throw new BenchException("%s failed at command %s: %s, see %s"
                        .formatted(name, command, answer.get(CommandLoop.ERROR), log));
            }
            return answer;
        } catch (IOException e) {
            throw new BenchException("%s cannot be given command %s, see %s".formatted(name, command, log), e);
        }
    }

    /** The most memory that it has had so far, resident, in MB; NaN where the system does not say. */
    public double peakMegabytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    Duration cpuTime() {
        return cpuTime(process);
    }

    /** The CPU time of all threads of a process since it was started, as the operating system counts it. */
    public static Duration cpuTime(Process process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new BenchException("this system does not tell the CPU time of a process"));
    }

    /** Ends it as {@code kill -9} does, and returns when nothing is left of it. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
