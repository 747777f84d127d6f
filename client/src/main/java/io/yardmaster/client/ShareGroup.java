package io.yardmaster.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;

/** Membership in a share group: as many members as assignments may run at once, each on a thread of its own. */
final class ShareGroup implements Membership {
    private final List<ShareMember> members;
    private final ShareGroupCheck check;
    private final Engine engine;
    private final StopRequest stop;

    ShareGroup(List<ShareMember> members, ShareGroupCheck check, Engine engine) {
        this.members = members;
        this.check = check;
        this.engine = engine;
        this.stop = engine.stop();
    }

    /** When one of the members fails, stops the others and throws its error. */
    @Override
    public void run() throws InterruptedException {
        DeliveryLimit limit;
        try {
            engine.outcomes().awaitWritable(stop);
            limit = check.awaitRightConfig(stop);
        } catch (RuntimeException | InterruptedException e) {
            members.forEach(ShareMember::close);
            throw e;
        }
        var count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                members.size(), body -> new Thread(body, "yardmaster-share-" + count.incrementAndGet()));
        List<Future<Void>> ends = threads.invokeAll(
                members.stream().map(member -> body(member, limit)).toList());
        threads.shutdown();
        throwFirstOf(failures(ends));
    }

    private Callable<Void> body(ShareMember member, DeliveryLimit limit) {
        return () -> {
            try (member) {
                member.run(limit);
                return null;
            } catch (Throwable t) {
                stop.requestBy(Duration.ZERO);
                throw t;
            }
        };
    }

    private static List<Throwable> failures(List<Future<Void>> ends) throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        for (Future<Void> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        return failures;
    }

    private static void throwFirstOf(List<Throwable> failures) {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.stream()
                .filter(GroupMaxSizeReachedException.class::isInstance)
                .<Throwable>map(full ->
                        new ConfigException(full.getMessage() + " Each assignment that an execution manager can run at "
                                + "once is a member; the brokers' group.share.max.size limits the number of members."))
                .findFirst()
                .orElse(failures.get(0));
        failures.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw first instanceof RuntimeException known ? known : new IllegalStateException(first);
    }
}
