package io.yardmaster.core.placement;

import java.util.List;
import java.util.Optional;

/**
 * Some hosts of a pool in the order of their names.
 *
 * @param next the name behind which the next page begins; empty if this is the last one
 */
public record HostPage(PoolHosts pool, List<HostLine> page, Optional<String> next) {
    public HostPage {
        page = List.copyOf(page);
    }
}
