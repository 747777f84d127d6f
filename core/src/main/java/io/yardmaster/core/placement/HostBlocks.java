package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hosts in the order of a strategy, in blocks that know their largest free amounts, so that a search passes over most of those
 * that have no room.
 */
final class HostBlocks {
    private static final int KEYS = PlacementStrategy.Ordered.KEYS;
    private static final int MOST_IN_BLOCK = 64;

    private final PlacementStrategy.Ordered strategy;
    private final long needed;
    private final HostRooms rooms;
    private final HostRoom view;
    private final double[] keys;
    private final double[] key = new double[KEYS];
    private final Block[] blockOf;
    private final List<Block> blocks = new ArrayList<>();

    private final class Block {
        private final int[] hosts = new int[MOST_IN_BLOCK];
        private final long[] largest = new long[rooms.width()];
        private int size;
        private long labels;

        void insert(int place, int host) {
            System.arraycopy(hosts, place, hosts, place + 1, size - place);
            hosts[place] = host;
            size++;
            blockOf[host] = this;
            add(host);
        }

        void remove(int host) {
            int place = 0;
            while (hosts[place] != host) {
                place++;
            }
            System.arraycopy(hosts, place + 1, hosts, place, size - place - 1);
            size--;
            measure();
        }

        /** Moves the upper half to a new block. */
        Block split() {
            Block upper = new Block();
            for (int place = size / 2; place < size; place++) {
                upper.insert(upper.size, hosts[place]);
            }
            size /= 2;
            measure();
            return upper;
        }

        private void measure() {
            Arrays.fill(largest, Long.MIN_VALUE);
            labels = 0;
            for (int place = 0; place < size; place++) {
                add(hosts[place]);
            }
        }

        private void add(int host) {
            for (int resource = 0; resource < largest.length; resource++) {
                largest[resource] = size == 1
                        ? rooms.free(host, resource)
                        : Math.max(largest[resource], rooms.free(host, resource));
            }
            labels |= ShapeMatch.bit(rooms.labels(host));
        }
    }

    HostBlocks(PlacementStrategy.Ordered strategy, long needed, HostRooms rooms) {
        this.strategy = strategy;
        this.needed = needed;
        this.rooms = rooms;
        this.view = new HostRoom(rooms);
        this.keys = new double[rooms.size() * KEYS];
        this.blockOf = new Block[rooms.size()];
        for (int host = 0; host < rooms.size(); host++) {
            rank(host);
        }
        IntStream.range(0, rooms.size()).boxed().sorted(this::compare).forEach(this::append);
    }

    private void append(int host) {
        if (blocks.isEmpty() || blocks.get(blocks.size() - 1).size >= MOST_IN_BLOCK / 2) {
            blocks.add(new Block());
        }
        Block last = blocks.get(blocks.size() - 1);
        last.insert(last.size, host);
    }

    private void rank(int host) {
        Arrays.fill(key, 0);
        strategy.rank(view.at(host), needed, key);
        System.arraycopy(key, 0, keys, host * KEYS, KEYS);
    }

    private int compare(int one, int other) {
        for (int place = 0; place < KEYS; place++) {
            int order = Double.compare(keys[one * KEYS + place], keys[other * KEYS + place]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one, other);
    }

    /** The first host that has room for a task of a shape that ends at a time; -1 if there is none. */
    int first(ShapeMatch shape, long end) {
        for (Block block : blocks) {
            if (shape.mayFit(block.largest, block.labels)) {
                for (int place = 0; place < block.size; place++) {
                    int host = block.hosts[place];
                    if (rooms.count(host, shape, end, 1) > 0) {
                        return host;
                    }
                }
            }
        }
        return -1;
    }

    /** Puts a host whose room has changed where it belongs. */
    void move(int host) {
        Block from = blockOf[host];
        from.remove(host);
        if (from.size == 0) {
            blocks.remove(from);
        }
        rank(host);
        insert(host);
    }

    private void insert(int host) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        int number = blockFor(host);
        Block block = blocks.get(number);
        if (block.size == MOST_IN_BLOCK) {
            Block upper = block.split();
            blocks.add(number + 1, upper);
            if (compare(upper.hosts[0], host) < 0) {
                block = upper;
            }
        }
        int low = 0;
        int high = block.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(block.hosts[middle], host) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        block.insert(low, host);
    }

    /** The last block that begins before a host, or else the first. */
    private int blockFor(int host) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (compare(blocks.get(middle).hosts[0], host) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
