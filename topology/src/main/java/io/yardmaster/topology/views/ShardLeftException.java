package io.yardmaster.topology.views;

/** The shard leaves this instance before it answered; another instance will have it. */
public final class ShardLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShardLeftException(int lane) {
        super("shard " + lane + " leaves");
    }
}
