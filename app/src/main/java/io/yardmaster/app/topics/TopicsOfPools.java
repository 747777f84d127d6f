package io.yardmaster.app.topics;

import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.pools.PoolTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Makes the topics of pools that are not there yet. */
record TopicsOfPools(Admin admin, TopicNames names) {

    /** Returns the names of the topics that were made. */
    List<String> create(List<String> pools) throws ExecutionException, InterruptedException, TimeoutException {
        PoolTopics topics = new PoolTopics(admin, names);
        Set<String> existing = topics.find(pools).keySet();
        List<String> created = new ArrayList<>();
        for (String pool : pools) {
            if (!existing.contains(pool)) {
                topics.create(pool);
                created.add(names.dispatch(pool));
            }
        }
        return created;
    }
}
