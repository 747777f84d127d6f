package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The grants of one capacity to the shards. At any time the sum of all quotas that shards may hold, by whichever grants they
 * have seen, is at most the capacity: a larger quota is granted only from units that other shards have been seen to give back.
 *
 * <p>Its state must become durable together with its grants, before any shard sees them.
 */
final class Division {
    /**
     * The latest grant to one shard.
     *
     * @param version of the grant, from 1; 0 before the first
     * @param ceiling the most that the shard may hold by this grant and older ones that it may still follow
     */
    record Granted(int quota, long version, int ceiling) {
        static final Granted NOTHING = new Granted(0, 0, 0);
    }

    private final List<Granted> granted;
    /** By shard: whether it has seen its latest grant. */
    private final boolean[] settled;

    private final boolean isPatient;
    private final LongUnaryOperator nextVersion;

    /**
     * Goes on with the stored grants, one for each shard.
     *
     * @param isPatient whether a shard is granted something new only when it has seen its latest grant; otherwise grants that
     *     follow each other faster than they are seen keep ceilings high
     * @param nextVersion a higher version than that of a shard's latest grant
     */
    Division(List<Granted> granted, boolean isPatient, LongUnaryOperator nextVersion) {
        this.granted = new ArrayList<>(granted);
        this.settled = new boolean[granted.size()];
        this.isPatient = isPatient;
        this.nextVersion = nextVersion;
    }

    List<Granted> granted() {
        return List.copyOf(granted);
    }

    int quota(int shard) {
        return granted.get(shard).quota();
    }

    List<Grant> grants() {
        return granted.stream()
                .map(grant -> new Grant(grant.quota(), grant.version()))
                .toList();
    }

    /** Returns whether no shard holds anything, and each has seen that it may not. */
    boolean isEmpty() {
        for (int shard = 0; shard < settled.length; shard++) {
            if (granted.get(shard).ceiling() > 0
                    || !(settled[shard] || granted.get(shard).version() == 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes note of the version that a shard has seen, and of its holding then. Once it has seen its latest grant, no older one can
     * make it hold more. It can have seen a later one only if the state here was lost and begun anew.
     */
    void acknowledge(int shard, long seen, int held) {
        Granted latest = granted.get(shard);
        settled[shard] = seen >= latest.version();
        if (settled[shard]) {
            granted.set(shard, new Granted(latest.quota(), seen, Math.max(latest.quota(), held)));
        }
    }

    /**
     * Grants quotas, as far as there are free units.
     *
     * @param wanted by shard; together no more than the capacity
     * @param neediestFirst the shards, in the order in which free units go to them
     * @param grains by shard: less than a multiple of so many units is of no use to it, unless it is all that it shall have
     * @return whether anything has changed
     */
    boolean grant(int whole, int[] wanted, List<Integer> neediestFirst, int[] grains) {
        boolean changed = false;
        for (int shard = 0; shard < wanted.length; shard++) {
            if (wanted[shard] < quota(shard) && mayChange(shard)) {
                change(shard, wanted[shard]);
                changed = true;
            }
        }
        long free = whole - granted.stream().mapToLong(Granted::ceiling).sum();
        for (int shard : neediestFirst) {
            int ceiling = granted.get(shard).ceiling();
            // Several shards may count the same undecided assignments. Their sum then exceeds the window and frees
            // nothing.
            int quota = free < 0 ? 0 : (int) Math.min(wanted[shard], ceiling + free);
            if (quota < wanted[shard]) {
                quota -= quota % grains[shard];
            }
            if (quota > quota(shard) && mayChange(shard)) {
                free -= Math.max(0, quota - ceiling);
                change(shard, quota);
                changed = true;
            }
        }
        return changed;
    }

    private boolean mayChange(int shard) {
        return !isPatient || settled[shard] || granted.get(shard).version() == 0;
    }

    private void change(int shard, int quota) {
        Granted before = granted.get(shard);
        settled[shard] = false;
        granted.set(
                shard,
                new Granted(quota, nextVersion.applyAsLong(before.version()), Math.max(before.ceiling(), quota)));
    }
}
