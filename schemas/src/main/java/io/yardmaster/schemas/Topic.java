package io.yardmaster.schemas;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic of the contract and the type of its values. Keys are job ids, 8 bytes big-endian, unless said otherwise.
 *
 * @param id the part of the name behind the prefix; {@code topic.<id>} is the setting that replaces the whole name
 */
public record Topic<V extends SpecificRecord>(String id, Class<V> valueType) {
    public static final Topic<TaskReady> READY = new Topic<>("ready", TaskReady.class);
    public static final Topic<CommitReady> COMMIT = new Topic<>("commit", CommitReady.class);
    public static final Topic<CleanupReady> CLEANUP = new Topic<>("cleanup", CleanupReady.class);
    public static final Topic<TaskAssignment> DISPATCH = new Topic<>("dispatch", TaskAssignment.class);

    /** Compacted, one partition, one key: {@link #SESSIONS_KEY} in UTF-8. */
    public static final Topic<Session> SESSIONS = new Topic<>("sessions", Session.class);

    public static final String SESSIONS_KEY = "session";

    /** Compacted, one partition; keys are shards, 4 bytes big-endian. Only instances of the scheduler write and read it. */
    public static final Topic<Share> SHARES = new Topic<>("shares", Share.class);

    /** Compacted, one partition; keys are texts in UTF-8 such as {@code group/7}. Operators write it, every instance reads it. */
    public static final Topic<PolicyEntry> POLICY = new Topic<>("policy", PolicyEntry.class);

    /** Commands about jobs. It has as many partitions as each lane, and a job's commands are in the partition of its events. */
    public static final Topic<JobCommand> COMMANDS = new Topic<>("commands", JobCommand.class);

    /** Execution managers write here how assignments ended. It has as many partitions as each lane, likewise. */
    public static final Topic<TaskOutcome> OUTCOMES = new Topic<>("outcomes", TaskOutcome.class);

    /** Whole jobs, whose dependencies the scheduler resolves. It has as many partitions as each lane, likewise. */
    public static final Topic<JobGraph> GRAPHS = new Topic<>("graphs", JobGraph.class);

    /** The topics of which each shard reads one partition. */
    public static final List<Topic<?>> OF_SHARDS = List.of(READY, COMMIT, CLEANUP, GRAPHS, COMMANDS, OUTCOMES);

    public static final Topic<JobEvent> EVENTS = new Topic<>("events", JobEvent.class);

    /** One partition. Every execution manager reads all of it. */
    public static final Topic<Kill> KILLS = new Topic<>("kills", Kill.class);

    /**
     * Heartbeats of hosts; keys are the names of their pools in UTF-8. It has as many partitions as each lane, and a pool's hosts are in
     * the partition where Kafka's own default partitioner puts that key.
     */
    public static final Topic<Host> HOSTS = new Topic<>("hosts", Host.class);

    /**
     * Tasks that wait for a place on a host; keys and partitions are as those of {@link #HOSTS}. Only instances of the scheduler write and
     * read it.
     */
    public static final Topic<Offer> OFFERS = new Topic<>("offers", Offer.class);

    /** Id of the topic of refused records; keys and values are the bytes received. */
    public static final String DEAD_LETTER_ID = "dead-letter";

    /** Header of a dead letter that says in a sentence why the record was refused. */
    public static final String REASON_HEADER = "yardmaster.reason";
}
