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
    private final int width;
    private final double[] keys;
    private final double[] key = new double[KEYS];
    private final Block[] blockOf;
    private final List<Block> blocks = new ArrayList<>();

    /** By block, the largest free amounts of its hosts, beside each other because every search reads them. */
    private long[] largest = new long[0];
    /** By block, the bits of its hosts' labels. */
    private long[] labels = new long[0];

    private final class Block {
        private final int[] hosts = new int[MOST_IN_BLOCK];
        /** By place, the free amounts of the host there. */
        private final long[] free = new long[MOST_IN_BLOCK * width];

        private int number;
        private int size;

        void insert(int place, int host) {
            System.arraycopy(hosts, place, hosts, place + 1, size - place);
            System.arraycopy(free, place * width, free, (place + 1) * width, (size - place) * width);
            hosts[place] = host;
            size++;
            blockOf[host] = this;
            readFree(place);
        }

        private void readFree(int place) {
            for (int resource = 0; resource < width; resource++) {
                free[place * width + resource] = rooms.free(hosts[place], resource);
            }
        }

        int placeOf(int host) {
            int place = 0;
            while (hosts[place] != host) {
                place++;
            }
            return place;
        }

        void remove(int place) {
            System.arraycopy(hosts, place + 1, hosts, place, size - place - 1);
            System.arraycopy(free, (place + 1) * width, free, place * width, (size - place - 1) * width);
            size--;
        }

        /** True if a host has kept its rank, as far as this block tells. */
        boolean isInOrder(int place) {
            return place > 0
                    && place < size - 1
                    && compare(hosts[place - 1], hosts[place]) < 0
                    && compare(hosts[place], hosts[place + 1]) < 0;
        }

        /** Moves the upper half to a new block. */
        Block split() {
            Block upper = new Block();
            for (int place = size / 2; place < size; place++) {
                upper.insert(upper.size, hosts[place]);
            }
            size /= 2;
            return upper;
        }

        void measure() {
            int from = number * width;
            long bits = 0;
            Arrays.fill(largest, from, from + width, Long.MIN_VALUE);
            for (int place = 0; place < size; place++) {
                for (int resource = 0; resource < width; resource++) {
                    largest[from + resource] = Math.max(largest[from + resource], free[place * width + resource]);
                }
                bits |= ShapeMatch.bit(rooms.labels(hosts[place]));
            }
            labels[number] = bits;
        }

        int first(ShapeMatch shape, long end) {
            for (int place = 0; place < size; place++) {
                if (shape.mayFit(free, place * width) && rooms.count(hosts[place], shape, end, 1) > 0) {
                    rooms.lookedAt(place);
                    return hosts[place];
                }
            }
            rooms.lookedAt(size);
            return -1;
        }
    }

    HostBlocks(PlacementStrategy.Ordered strategy, long needed, HostRooms rooms) {
        this.strategy = strategy;
        this.needed = needed;
        this.rooms = rooms;
        this.view = new HostRoom(rooms);
        this.width = rooms.width();
        this.keys = new double[rooms.size() * KEYS];
        this.blockOf = new Block[rooms.size()];
        for (int host = 0; host < rooms.size(); host++) {
            rank(host);
        }
        IntStream.range(0, rooms.size()).boxed().sorted(this::compare).forEach(this::append);
        number();
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

    /** Numbers the blocks after one was added or removed. */
    private void number() {
        if (labels.length < blocks.size()) {
            labels = new long[2 * blocks.size()];
            largest = new long[labels.length * width];
        }
        for (int number = 0; number < blocks.size(); number++) {
            blocks.get(number).number = number;
            blocks.get(number).measure();
        }
    }

    /** The first host that has room for a task of a shape that ends at a time; -1 if there is none. */
    int first(ShapeMatch shape, long end) {
        for (int number = 0; number < blocks.size(); number++) {
            if (shape.mayFit(largest, number * width) && shape.maySuit(labels[number])) {
                int host = blocks.get(number).first(shape, end);
                if (host >= 0) {
                    return host;
                }
            }
        }
        return -1;
    }

    /** Puts a host whose room has changed where it belongs. */
    void move(int host) {
        Block from = blockOf[host];
        int place = from.placeOf(host);
        rank(host);
        if (from.isInOrder(place)) {
            from.readFree(place);
            from.measure();
            return;
        }
        from.remove(place);
        if (from.size == 0) {
            blocks.remove(from.number);
            number();
        } else {
            from.measure();
        }
        insert(host);
    }

    private void insert(int host) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
            number();
        }
        int number = blockFor(host);
        Block block = blocks.get(number);
        if (block.size == MOST_IN_BLOCK) {
            Block upper = block.split();
            blocks.add(number + 1, upper);
            number();
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
        block.measure();
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
