package io.yardmaster.topology.views;

/** The shard left this instance before it answered; another instance takes it over. */
public final class ShardLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShardLeftException(int shard) {
        super("shard " + shard + " leaves");
    }
}
