package io.yardmaster.app.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.Names;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A kind of client of Kafka, with exactly the permissions that it needs. READ and WRITE include DESCRIBE, ALTER_CONFIGS
 * includes DESCRIBE_CONFIGS; CREATE is needed only as long as the topic does not exist.
 */
public enum Role {
    /** {@code serve}. */
    SCHEDULER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            TopicNames topics = config.topics();
            String application = config.applicationId();
            List<Permission> all = new ArrayList<>(List.of(
                    Permission.topic(READ, topics.of(Topic.READY)),
                    Permission.topic(READ, topics.of(Topic.COMMIT)),
                    Permission.topic(READ, topics.of(Topic.CLEANUP)),
                    Permission.topic(READ, topics.of(Topic.GRAPHS)),
                    Permission.topic(READ, topics.of(Topic.COMMANDS)),
                    Permission.topic(READ, topics.of(Topic.OUTCOMES)),
                    Permission.topic(WRITE, topics.of(Topic.DISPATCH)),
                    Permission.topic(READ, topics.of(Topic.DISPATCH)),
                    Permission.topic(WRITE, topics.of(Topic.EVENTS)),
                    Permission.topic(READ, topics.of(Topic.EVENTS)),
                    Permission.topic(WRITE, topics.of(Topic.KILLS)),
                    Permission.topic(WRITE, topics.deadLetter()),
                    Permission.topic(WRITE, topics.of(Topic.SESSIONS)),
                    Permission.topic(READ, topics.of(Topic.SESSIONS)),
                    Permission.topic(WRITE, topics.of(Topic.SHARES)),
                    Permission.topic(READ, topics.of(Topic.SHARES)),
                    Permission.topic(READ, topics.of(Topic.POLICY)),
                    Permission.group(READ, application),
                    Permission.group(READ, config.dispatchGroup()),
                    new Permission(WRITE, ResourceType.TRANSACTIONAL_ID, application + "-", true)));
            for (AclOperation operation : List.of(CREATE, WRITE, READ, DESCRIBE_CONFIGS)) {
                all.add(Permission.topic(operation, Names.changelog(config)));
            }
            everyTopic(topics).forEach(topic -> all.add(Permission.topic(DESCRIBE_CONFIGS, topic)));
            if (config.dispatchGroupType() == GroupType.SHARE) {
                all.add(Permission.topic(READ, topics.deadLetter()));
            }
            if (config.keepTaken().isPresent()) {
                purged(topics).forEach(topic -> all.add(Permission.topic(DELETE, topic)));
            }
            return List.copyOf(all);
        }
    },
    /** {@code work --no-outcomes}, and any other execution manager that sends no outcomes. */
    SILENT_EXECUTION_MANAGER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            List<Permission> all = new ArrayList<>(List.of(
                    Permission.topic(READ, config.topics().of(Topic.DISPATCH)),
                    Permission.topic(READ, config.topics().of(Topic.SESSIONS)),
                    Permission.topic(READ, config.topics().of(Topic.KILLS)),
                    Permission.group(READ, config.dispatchGroup())));
            if (config.dispatchGroupType() == GroupType.SHARE) {
                all.add(Permission.group(ALTER_CONFIGS, config.dispatchGroup()));
            }
            return List.copyOf(all);
        }
    },
    /** {@code work}, and any other execution manager. */
    EXECUTION_MANAGER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            List<Permission> all = new ArrayList<>(SILENT_EXECUTION_MANAGER.permissions(config));
            all.add(Permission.topic(WRITE, config.topics().of(Topic.OUTCOMES)));
            return List.copyOf(all);
        }
    },
    /** {@code work --host}, and any other host. */
    HOST {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return List.of(
                    Permission.topic(READ, config.topics().of(Topic.DISPATCH)),
                    Permission.topic(READ, config.topics().of(Topic.SESSIONS)),
                    Permission.topic(READ, config.topics().of(Topic.KILLS)),
                    Permission.topic(WRITE, config.topics().of(Topic.OUTCOMES)),
                    Permission.topic(WRITE, config.topics().of(Topic.HOSTS)));
        }
    },
    /** {@code submit} of {@code .csv} files, and any other producer of events. */
    PRODUCER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            TopicNames topics = config.topics();
            return List.of(
                    Permission.topic(WRITE, topics.of(Topic.READY)),
                    Permission.topic(WRITE, topics.of(Topic.COMMIT)),
                    Permission.topic(WRITE, topics.of(Topic.CLEANUP)));
        }
    },
    /** {@code submit} of workflows, and any other sender of graphs that follows its jobs. */
    SUBMITTER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return following(Permission.topic(WRITE, config.topics().of(Topic.GRAPHS)), config.topics());
        }
    },
    /** {@code submit --follow} without a file. */
    FOLLOWER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return following(Permission.topic(READ, config.topics().of(Topic.GRAPHS)), config.topics());
        }
    },
    /** {@code cancel}, {@code pause}, {@code resume} and {@code priority}. */
    OPERATOR {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return List.of(
                    Permission.topic(WRITE, config.topics().of(Topic.COMMANDS)),
                    Permission.topic(READ, config.topics().of(Topic.EVENTS)));
        }
    },
    /** {@code policy get} and {@code policy diff}. */
    POLICY_READER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return List.of(Permission.topic(READ, config.topics().of(Topic.POLICY)));
        }
    },
    /** {@code policy set}, {@code policy unset} and {@code policy apply}. */
    POLICY_WRITER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return List.of(
                    Permission.topic(READ, config.topics().of(Topic.POLICY)),
                    Permission.topic(WRITE, config.topics().of(Topic.POLICY)));
        }
    },
    /** {@code events}, and any other reader of what became of jobs. */
    AUDITOR {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            return List.of(Permission.topic(READ, config.topics().of(Topic.EVENTS)));
        }
    },
    /** {@code replay record}. */
    RECORDER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            TopicNames topics = config.topics();
            return List.of(
                    Permission.topic(READ, topics.of(Topic.READY)),
                    Permission.topic(READ, topics.of(Topic.COMMIT)),
                    Permission.topic(READ, topics.of(Topic.CLEANUP)),
                    Permission.topic(READ, topics.of(Topic.GRAPHS)),
                    Permission.topic(READ, topics.of(Topic.COMMANDS)),
                    Permission.topic(READ, topics.of(Topic.OUTCOMES)),
                    Permission.topic(READ, topics.of(Topic.DISPATCH)),
                    Permission.topic(READ, topics.of(Topic.SESSIONS)),
                    Permission.topic(READ, topics.of(Topic.POLICY)));
        }
    },
    /** {@code topics check}. */
    OBSERVER {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            TopicNames topics = config.topics();
            List<Permission> all = new ArrayList<>();
            everyTopic(topics).forEach(topic -> all.add(Permission.topic(DESCRIBE, topic)));
            all.add(Permission.topic(DESCRIBE, Names.changelog(config)));
            everyTopic(topics).forEach(topic -> all.add(Permission.topic(DESCRIBE_CONFIGS, topic)));
            all.add(Permission.topic(DESCRIBE_CONFIGS, Names.changelog(config)));
            return List.copyOf(all);
        }
    },
    /** {@code topics create}. */
    ADMINISTRATOR {
        @Override
        public List<Permission> permissions(SchedulerConfig config) {
            List<Permission> all = new ArrayList<>(OBSERVER.permissions(config));
            everyTopic(config.topics()).forEach(topic -> all.add(Permission.topic(CREATE, topic)));
            return List.copyOf(all);
        }
    };

    /** All permissions that this role needs under these settings. */
    public abstract List<Permission> permissions(SchedulerConfig config);

    /** More permissions of this role for a deployment that has topics of hosts. */
    public List<Permission> ofHosts(SchedulerConfig config) {
        String hosts = config.topics().of(Topic.HOSTS);
        String offers = config.topics().of(Topic.OFFERS);
        String changelog = Names.placementChangelog(config);
        return switch (this) {
            case SCHEDULER -> {
                List<Permission> all = new ArrayList<>(List.of(
                        Permission.topic(READ, hosts),
                        Permission.topic(WRITE, offers),
                        Permission.topic(READ, offers),
                        Permission.topic(WRITE, config.topics().of(Topic.OUTCOMES))));
                for (AclOperation operation : List.of(CREATE, WRITE, READ, DESCRIBE_CONFIGS)) {
                    all.add(Permission.topic(operation, changelog));
                }
                all.add(Permission.topic(DESCRIBE_CONFIGS, hosts));
                all.add(Permission.topic(DESCRIBE_CONFIGS, offers));
                if (config.keepTaken().isPresent()) {
                    all.add(Permission.topic(DELETE, offers));
                }
                yield List.copyOf(all);
            }
            case OBSERVER, ADMINISTRATOR -> {
                List<Permission> all = new ArrayList<>();
                for (String topic : List.of(hosts, offers, changelog)) {
                    all.add(Permission.topic(DESCRIBE, topic));
                    all.add(Permission.topic(DESCRIBE_CONFIGS, topic));
                }
                if (this == ADMINISTRATOR) {
                    all.add(Permission.topic(CREATE, hosts));
                    all.add(Permission.topic(CREATE, offers));
                }
                yield List.copyOf(all);
            }
            case RECORDER -> List.of(Permission.topic(READ, hosts));
            default -> List.of();
        };
    }

    /** More permissions of {@link #SCHEDULER} for pools, on prefixes, as pools come and go. {@code serve} starts without them. */
    public static List<Permission> ofPools(SchedulerConfig config) {
        String topics = config.topics().of(Topic.DISPATCH) + ".";
        List<Permission> all = new ArrayList<>();
        for (AclOperation operation : List.of(CREATE, WRITE, READ, DESCRIBE_CONFIGS)) {
            all.add(new Permission(operation, ResourceType.TOPIC, topics, true));
        }
        if (config.keepTaken().isPresent()) {
            all.add(new Permission(DELETE, ResourceType.TOPIC, topics, true));
        }
        all.add(new Permission(READ, ResourceType.GROUP, config.dispatchGroup() + ".", true));
        return List.copyOf(all);
    }

    /** Permissions to follow jobs, behind one for their graphs. */
    private static List<Permission> following(Permission graphs, TopicNames topics) {
        return List.of(
                graphs,
                Permission.topic(READ, topics.of(Topic.EVENTS)),
                Permission.topic(READ, topics.of(Topic.OUTCOMES)),
                Permission.topic(READ, topics.deadLetter()));
    }

    /** The topics whose records the scheduler deletes when they were taken. */
    private static List<String> purged(TopicNames topics) {
        return List.of(
                topics.of(Topic.READY),
                topics.of(Topic.COMMIT),
                topics.of(Topic.CLEANUP),
                topics.of(Topic.GRAPHS),
                topics.of(Topic.COMMANDS),
                topics.of(Topic.OUTCOMES),
                topics.of(Topic.DISPATCH));
    }

    private static List<String> everyTopic(TopicNames topics) {
        return List.of(
                topics.of(Topic.READY),
                topics.of(Topic.COMMIT),
                topics.of(Topic.CLEANUP),
                topics.of(Topic.GRAPHS),
                topics.of(Topic.COMMANDS),
                topics.of(Topic.OUTCOMES),
                topics.of(Topic.DISPATCH),
                topics.of(Topic.EVENTS),
                topics.of(Topic.KILLS),
                topics.deadLetter(),
                topics.of(Topic.SESSIONS),
                topics.of(Topic.SHARES),
                topics.of(Topic.POLICY));
    }
}
