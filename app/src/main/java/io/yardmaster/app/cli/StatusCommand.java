package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.status.HostsStatusText;
import io.yardmaster.app.status.JobStatusText;
import io.yardmaster.app.status.NoInstanceAnswersException;
import io.yardmaster.app.status.StatusClient;
import io.yardmaster.app.status.StatusText;
import io.yardmaster.app.status.WhenText;
import io.yardmaster.app.terminal.Printable;
import io.yardmaster.app.terminal.PrintableWriter;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Settings;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a running scheduler does. */
@Command(
        name = "status",
        description = {
            "Show what the scheduler is doing, every second until Ctrl-C; once if the output is no terminal.",
            "Any instance shows all of them. With JOB: that job, what each of its stages waits for, and which tasks failed why;",
            "with JOB --when: an estimate of when it starts, and what that depends on: jobs before it, limits, hosts, and gangs."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final int NARROW = 80;
    private static final int WIDE = 500;
    private static final int FEW_ROWS = 15;
    private static final int MANY_ROWS = 1_000;
    private static final String TO_THE_TOP = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_REST = "\u001b[J";

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "Id of a job.")
    private Optional<Long> job = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "URL of an instance (default: by http.listen, or by the schema.registry.url of a registry of"
                    + " serve --embedded; Kafka does not know it).")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--hosts",
            description = "Show the pools that place tasks on hosts, and what is booked of their hosts.")
    private boolean hosts;

    @Option(
            names = "--when",
            description =
                    "Estimate when JOB will start, and print it once: 25 courses of the future, by recorded durations.")
    private boolean when;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description =
                    "For --when: tasks of the default pool that run at the same time (default: the most that did lately).")
    private Optional<Integer> slots = Optional.empty();

    @Option(names = "--once", description = "Show it once.")
    private boolean once;

    @Option(names = "--json", description = "Print the API's answer as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (hosts && job.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--hosts shows pools, and no job: leave one of them out");
        }
        if (when && job.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--when is about one job: name it");
        }
        if (slots.isPresent() && (!when || slots.get() < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    when ? "--slots must be 1 or more" : "--slots is part of an estimate: add --when");
        }
        StatusClient client = new StatusClient(url.orElseGet(this::configured).replaceAll("/+$", ""));
        PrintWriter out = spec.commandLine().getOut();
        boolean live = !once && !when && Terminal.isThere();
        List<String> first = first(client, live);
        if (!live) {
            print(out, first, false);
            return 0;
        }
        PrintableWriter.steer(out, CLEAR);
        while (true) {
            try {
                print(out, lines(client, true), true);
            } catch (NoInstanceAnswersException e) {
                PrintableWriter.steer(out, TO_THE_TOP);
                out.print(Printable.line(e.getMessage()));
                PrintableWriter.steer(out, CLEAR_LINE + System.lineSeparator() + CLEAR_REST);
                out.flush();
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private List<String> first(StatusClient client, boolean live) throws InterruptedException {
        try {
            return lines(client, live);
        } catch (NoInstanceAnswersException e) {
            throw url.isPresent() ? e : e.and("; name one with --url, as Kafka does not know them");
        }
    }

    private List<String> lines(StatusClient client, boolean live) throws InterruptedException {
        if (hosts) {
            return json
                    ? List.of(client.jsonOfHosts().toString())
                    : HostsStatusText.of(client.hosts().pools());
        }
        if (job.isEmpty()) {
            return json ? List.of(client.json().toString()) : StatusText.of(client.overview());
        }
        if (when) {
            return json
                    ? List.of(client.jsonOfWhen(job.get(), slots).toString())
                    : WhenText.of(client.when(job.get(), slots), FEW_ROWS);
        }
        int rows = live ? FEW_ROWS : MANY_ROWS;
        return json
                ? List.of(client.json(job.get(), rows).toString())
                : JobStatusText.of(client.job(job.get(), rows), live ? NARROW : WIDE, rows);
    }

    private void print(PrintWriter out, List<String> lines, boolean inPlace) {
        boolean over = inPlace && !json;
        PrintableWriter.steer(out, over ? TO_THE_TOP : "");
        for (String line : lines) {
            out.print(line);
            PrintableWriter.steer(out, (over ? CLEAR_LINE : "") + System.lineSeparator());
        }
        PrintableWriter.steer(out, over ? CLEAR_REST : "");
        out.flush();
    }

    /** An instance serves the embedded registry on its own port, so the registry's URL leads to the instance, too. */
    private String configured() {
        LayeredSettings settings = options.load();
        settings.scheduler();
        Optional<String> registry = Optional.ofNullable(settings.values().get(Settings.REGISTRY_URL.key()))
                .flatMap(StatusCommand::besideRegistry);
        if (settings.origin(Settings.HTTP_LISTEN.key()).isEmpty() && registry.isPresent()) {
            return registry.get();
        }
        HostPort listen = settings.read(Settings.HTTP_LISTEN::in);
        var address = new InetSocketAddress(listen.host(), listen.port()).getAddress();
        boolean everywhere = address != null && address.isAnyLocalAddress();
        return "http://" + new HostPort(everywhere ? "127.0.0.1" : listen.host(), listen.port());
    }

    private static Optional<String> besideRegistry(String urls) {
        return Stream.of(urls.split(",", -1))
                .map(String::strip)
                .filter(url -> url.matches("https?://[^/?#@]+/registry/?"))
                .map(url -> url.replaceFirst("/registry/?$", ""))
                .findFirst();
    }
}
