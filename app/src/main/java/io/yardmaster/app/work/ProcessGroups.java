package io.yardmaster.app.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts commands, each in a process group of its own, and ends whole groups: the processes that a command has started end
 * with it, even orphans. Java can do neither, so a shell that runs all the time sends the signals, the <i>guard</i>. When this
 * process ends without warning, as by {@code kill -9}, the guard ends the groups in its stead.
 *
 * <p>A process that makes itself a group of its own (with {@code setsid}, say) is out of reach. Thread-safe.
 */
final class ProcessGroups implements AutoCloseable {
    /** Programs that run another one in a process group of its own, under the same process id. */
    static final List<List<String>> LAUNCHERS = List.of(
            List.of("setsid"), List.of("perl", "-e", "setpgrp(0, 0) or die $!; exec { $ARGV[0] } @ARGV or die $!"));

    /** Waits for a line, so that a command begins only when the guard knows of its group. */
    private static final String BEGIN = "read -r go || exit 125; exec \"$@\" </dev/null";

    private static final String GUARD =
            """
            trap '' HUP INT TERM
            kill -s 0 -- "-$$" 2>/dev/null && echo "leads $$" || exit 1
            groups=
            while read -r verb group; do
                case $verb in
                    watch) groups="$groups $group" ;;
                    forget) rest=
                        for one in $groups; do [ "$one" = "$group" ] || rest="$rest $one"; done
                        groups=$rest ;;
                    *) if kill -s "$verb" -- "-$group" 2>/dev/null; then echo there; else echo gone; fi ;;
                esac
            done
            for one in $groups; do kill -s TERM -- "-$one" 2>/dev/null; done
            left=$1
            while [ -n "$groups" ] && [ "$left" -gt 0 ]; do
                sleep 1
                left=$((left - 1))
                rest=
                for one in $groups; do kill -s 0 -- "-$one" 2>/dev/null && rest="$rest $one"; done
                groups=$rest
            done
            for one in $groups; do kill -s KILL -- "-$one" 2>/dev/null; done
            """;

    private final List<String> launcher;
    private final Duration grace;
    private final Set<Long> watched = new HashSet<>();
    private Process guard;
    private OutputStream orders;
    private BufferedReader answers;

    private ProcessGroups(List<String> launcher, Duration grace) throws IOException {
        this.launcher = launcher;
        this.grace = grace;
        startGuard();
    }

    /**
     * Starts the guard.
     *
     * @param grace time from SIGTERM to SIGKILL for groups that are left when this process is gone
     * @throws NoProcessGroupsException if none of the launchers works here
     */
    static ProcessGroups start(List<List<String>> launchers, Duration grace) throws NoProcessGroupsException {
        List<IOException> failures = new ArrayList<>();
        for (List<String> launcher : launchers) {
            try {
                return new ProcessGroups(launcher, grace);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        String names = launchers.stream().map(launcher -> launcher.get(0)).collect(Collectors.joining(" nor "));
        NoProcessGroupsException none = new NoProcessGroupsException("neither " + names
                + " works here, one of which is needed to run commands in process groups of their own");
        failures.forEach(none::addSuppressed);
        throw none;
    }

    /**
     * Starts a command, with an empty input. Its process id is its group's.
     *
     * @param output of its stdout, and likewise of its stderr
     */
    Process run(List<String> command, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws IOException {
        List<String> words = Stream.of(launcher, List.of("sh", "-c", BEGIN, "sh"), command)
                .flatMap(List::stream)
                .toList();
        ProcessBuilder described =
                new ProcessBuilder(words).redirectOutput(output).redirectError(output);
        described.environment().putAll(environment);
        Process process = described.start();
        try {
            watch(process.pid());
            process.getOutputStream().write('\n');
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        } finally {
            process.getOutputStream().close();
        }
        return process;
    }

    /** Sends a signal to the group; returns whether it has processes, even ones that have ended and were not reaped. */
    synchronized boolean signal(String name, long group) throws IOException {
        return "there".equals(order(name + " " + group, true));
    }

    private synchronized void watch(long group) throws IOException {
        watched.add(group);
        order("watch " + group, false);
    }

    /** To be called when no process of the group is left: the system may give its number to another one. */
    synchronized void forget(long group) throws IOException {
        watched.remove(group);
        order("forget " + group, false);
    }

    /** Ends the guard, and with it the groups that are left, after their grace. Does not wait. */
    @Override
    public synchronized void close() throws IOException {
        orders.close();
    }

    /** Gives an order, to a new guard if somebody has killed the old one. */
    private String order(String line, boolean answered) throws IOException {
        try {
            return orderOnce(line, answered);
        } catch (IOException e) {
            startGuard();
            return orderOnce(line, answered);
        }
    }

    private String orderOnce(String line, boolean answered) throws IOException {
        orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
        return answered ? answer() : "";
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the guard of the process groups has ended");
        }
        return line;
    }

    private void startGuard() throws IOException {
        List<String> words = new ArrayList<>(launcher);
        words.addAll(List.of("sh", "-c", GUARD, "sh", String.valueOf(grace.toSeconds())));
        guard = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        orders = guard.getOutputStream();
        answers = new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
        if (!answer().equals("leads " + guard.pid())) {
            orders.close();
            throw new IOException(launcher.get(0) + " does not run a program as the leader of a process group");
        }
        for (long group : watched) {
            orderOnce("watch " + group, false);
        }
    }
}
