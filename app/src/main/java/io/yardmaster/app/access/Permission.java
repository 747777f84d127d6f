package io.yardmaster.app.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One permission, as an administrator grants it.
 *
 * @param prefixed whether it covers all resources whose names begin with {@code name}
 */
public record Permission(AclOperation operation, ResourceType type, String name, boolean prefixed) {

    static Permission topic(AclOperation operation, String name) {
        return new Permission(operation, ResourceType.TOPIC, name, false);
    }

    static Permission group(AclOperation operation, String name) {
        return new Permission(operation, ResourceType.GROUP, name, false);
    }

    public boolean isFor(ResourceType wanted) {
        return type == wanted;
    }

    /** Returns whether this permission includes DESCRIBE. */
    boolean includesDescribe() {
        return operation == AclOperation.READ || operation == AclOperation.WRITE || operation == AclOperation.DESCRIBE;
    }

    /** As in {@code READ on topic yardmaster.ready}. */
    @Override
    public String toString() {
        String kind = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return operation + " on " + kind + " " + name + (prefixed ? "*" : "");
    }
}
