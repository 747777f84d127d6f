package io.yardmaster.topology;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Asks a processor, at the beginning of each commit of its stream task, to store its changes since the last one: so an
 * entry that changes a hundred times between two commits is written once. It poses as a store with a cache, because
 * Streams calls nothing else in time, and holds nothing.
 *
 * <p>Streams does not support this use: see decision 10. {@code CommitHookIT} fails if a version of Streams calls it
 * too late.
 */
final class CommitHook implements StateStore, CachedStateStore<Void, Void> {
    private final String name;
    private Runnable writer = () -> {};
    private boolean open;

    /** @param name of the store that it poses as */
    CommitHook(String name) {
        this.name = name;
    }

    /** Sets the writer. It must put into stores without a cache, and forward nothing. */
    void beforeCommit(Runnable newWriter) {
        writer = newWriter;
    }

    @Override
    public void flushCache() {
        writer.run();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Void, Void> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void clearCache() {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
        writer = () -> {};
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Makes one for each stream task. */
    static final class Builder implements StoreBuilder<CommitHook> {
        private final String name;

        Builder(String name) {
            this.name = name;
        }

        @Override
        public StoreBuilder<CommitHook> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("there is nothing to log");
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingDisabled() {
            return this;
        }

        @Override
        public CommitHook build() {
            return new CommitHook(name);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
