package io.yardmaster.topology;

import io.yardmaster.topology.pools.PoolKeeper;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.ReadPositions;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.StoredFloor;
import io.yardmaster.topology.window.Window;
import org.apache.kafka.common.Uuid;

/** The windows of all pools of an instance, the default one among them. */
final class PooledWindow implements Window {
    private final DispatchWindow ofDefault;
    private final PoolKeeper pools;
    private final ReadPositions readPositions;

    PooledWindow(DispatchWindow ofDefault, PoolKeeper pools, ReadPositions readPositions) {
        this.ofDefault = ofDefault;
        this.pools = pools;
        this.readPositions = readPositions;
    }

    @Override
    public ShardWindow open(int shard) {
        return ofDefault.open(shard);
    }

    @Override
    public Window pool(String pool) {
        return pools.window(pool);
    }

    @Override
    public void seek(String pool) {
        pools.seek(pool);
    }

    @Override
    public long poolChanges() {
        return pools.changes();
    }

    @Override
    public long[] taken() {
        return ofDefault.taken();
    }

    @Override
    public Uuid topic() {
        return ofDefault.topic();
    }

    @Override
    public ReadPositions readPositions() {
        return readPositions;
    }

    @Override
    public void floor(StoredFloor stored) {
        ofDefault.floor(stored);
    }
}
