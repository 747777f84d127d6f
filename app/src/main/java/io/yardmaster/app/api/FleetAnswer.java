package io.yardmaster.app.api;

import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The group of the execution managers. */
public record FleetAnswer(String id, GroupType type, String state, List<Member> members, long lag) {

    /** One execution manager; in a share group it has no lag of its own. */
    public record Member(String id, String clientId, String host, List<Integer> partitions, OptionalLong lag) {}

    /** @param used assignments that no member has taken, by dispatch partition */
    static FleetAnswer of(SchedulerConfig config, long[] used, FleetGroup fleet) {
        boolean shared = config.dispatchGroupType() == GroupType.SHARE;
        return new FleetAnswer(
                config.dispatchGroup(),
                config.dispatchGroupType(),
                fleet.state(),
                fleet.members().stream()
                        .map(member -> new Member(
                                member.id(),
                                member.clientId(),
                                member.host(),
                                member.partitions(),
                                shared ? OptionalLong.empty() : OptionalLong.of(lag(member, used))))
                        .toList(),
                Arrays.stream(used).sum());
    }

    private static long lag(FleetGroup.Member member, long[] used) {
        return member.partitions().stream()
                .filter(partition -> partition < used.length)
                .mapToLong(partition -> used[partition])
                .sum();
    }
}
