package io.yardmaster.schemas.serde;

import org.apache.avro.Schema;

/**
 * Gives schemas ids. Thread-safe. Every call may go over the network: callers keep the answers, which never change.
 *
 * <p>{@code toString()} is where the registry is, without credentials.
 */
public interface SchemaRegistry {
    /**
     * Puts a schema under a subject, if it is not there yet.
     *
     * @return the schema's id
     * @throws IncompatibleSchemaException if the registry refuses the schema
     * @throws RegistryUnavailableException if there is no answer
     */
    int register(String subject, Schema schema);

    /**
     * The id of a schema that was put under the subject before.
     *
     * @throws UnregisteredSchemaException if it was not
     * @throws RegistryUnavailableException if there is no answer
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema that has an id.
     *
     * @throws UnreadableRecordException if there is no such id or it stands for something else than an Avro schema
     * @throws RegistryUnavailableException if there is no answer
     */
    Schema byId(int id);
}
