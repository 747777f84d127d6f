package io.yardmaster.schemas.serde;

import org.apache.avro.Schema;

/**
 * Gives schemas ids. Thread-safe. Every call may go over the network: callers keep the answers, which never change.
 *
 * <p>{@code toString()} returns the addresses of the registry, without credentials.
 */
public interface SchemaRegistry {
    /**
     * Puts a schema under a subject, if it is not there yet.
     *
     * @return the schema's id
     * @throws IncompatibleSchemaException if the registry refuses the schema
     * @throws RegistryUnavailableException if the registry gives no answer
     */
    int register(String subject, Schema schema);

    /**
     * The id of a schema that was put under the subject before.
     *
     * @throws UnregisteredSchemaException if it was not
     * @throws RegistryUnavailableException if the registry gives no answer
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema that has an id.
     *
     * @throws UnreadableRecordException if the registry does not know the id, or its schema is not Avro
     * @throws RegistryUnavailableException if the registry gives no answer
     */
    Schema byId(int id);
}
