package io.yardmaster.core.placement;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the resources of hosts, in one pass over them. */
final class ResourceCount {
    private final Map<String, Sum> byName = new TreeMap<>();

    private static final class Sum {
        long total;
        long booked;
        long largestFree;
        String largestFreeHost = "";
        final int[] hostsByUse = new int[ResourceUse.PARTS + 1];
    }

    /** @param silent whether the host gets nothing new */
    void add(HostEntry entry, boolean silent) {
        Host host = entry.host();
        for (String name : host.total().names()) {
            Sum sum = byName.computeIfAbsent(name, first -> new Sum());
            long total = host.total().of(name);
            long booked = entry.booked(name);
            sum.total += total;
            sum.booked += booked;
            sum.hostsByUse[part(booked, total)]++;
            if (!silent && total - booked > sum.largestFree) {
                sum.largestFree = total - booked;
                sum.largestFreeHost = host.name();
            }
        }
    }

    /** 0 if nothing is booked, else the tenths, rounded up. */
    private static int part(long booked, long total) {
        return booked == 0
                ? 0
                : (int) Math.min(ResourceUse.PARTS, Math.ceil((double) ResourceUse.PARTS * booked / total));
    }

    List<ResourceUse> all() {
        return byName.entrySet().stream()
                .map(each -> new ResourceUse(
                        each.getKey(),
                        each.getValue().total,
                        each.getValue().booked,
                        each.getValue().largestFree,
                        each.getValue().largestFreeHost,
                        Arrays.stream(each.getValue().hostsByUse).boxed().toList()))
                .toList();
    }
}
