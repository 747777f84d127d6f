/**
 * A serde for Avro records in Confluent's wire format. {@link io.yardmaster.schemas.serde.ValueSerdes} makes one for a topic.
 *
 * <pre>
 *   record ─▶ AvroSerializer ───▶ SchemaIds ───────┐
 *                └─ RecordWriter                   ├─▶ SchemaRegistry: HttpSchemaRegistry, or MockSchemaRegistry on the heap
 *   bytes ──▶ AvroDeserializer ─▶ RecordReaders ───┘
 *                                   ├─ SameShapeReader   if the writer's schema agrees with the reader's
 *                                   └─ ResolvingReader   otherwise, by Avro's rules
 * </pre>
 *
 * <p>Guarantees. The registry is asked once per topic and schema when writing, and once per schema id when reading, never per
 * record. A record that can never be read throws {@link io.yardmaster.schemas.serde.UnreadableRecordException}; a registry that
 * gives no answer throws {@link io.yardmaster.schemas.serde.RegistryUnavailableException}, so that an outage is never taken for a bad
 * record. A record of another type than expected is refused by the name of its schema. A record takes no more memory than its
 * length allows, whatever lengths it declares. Messages hold no credentials. Serializers, deserializers and registries are
 * thread-safe.
 */
package io.yardmaster.schemas.serde;
