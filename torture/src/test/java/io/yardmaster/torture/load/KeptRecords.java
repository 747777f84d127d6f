package io.yardmaster.torture.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Keeps the latest of many things, and a few old ones. For two threads. */
final class KeptRecords<T> {
    private static final int LATEST = 100;
    private static final int OLD = 300;
    private static final int ONE_IN = 20;

    private final List<T> latest = new ArrayList<>();
    private final List<T> old = new ArrayList<>();
    private long added;

    synchronized void add(T one) {
        int place = (int) (added % LATEST);
        if (latest.size() < LATEST) {
            latest.add(one);
        } else {
            latest.set(place, one);
        }
        if (added % ONE_IN == 0) {
            int oldPlace = (int) (added / ONE_IN % OLD);
            if (old.size() < OLD) {
                old.add(one);
            } else {
                old.set(oldPlace, one);
            }
        }
        added++;
    }

    /** One of the latest, or now and then an old one; empty before the first. */
    synchronized Optional<T> any(Random random) {
        List<T> from = random.nextInt(3) == 0 ? old : latest;
        return from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
    }
}
