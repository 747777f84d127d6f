/**
 * The converter between Connect's structs and the contract's Avro in Confluent's wire format.
 *
 * <pre>
 *   Struct, named like a record of the contract ◀──▶ Records ◀──▶ EventConverter ◀──▶ bytes, with the schema's id
 *   text or bytes (a dead letter) ─────────────────────────────▶ EventConverter ───▶ bytes as they are
 * </pre>
 *
 * <p>Connect's schemas are derived from the Avro schemas, so that there is one definition. A registry that does not
 * answer is a retriable error; a struct that is no record of the contract is a {@code DataException}.
 */
package io.yardmaster.connectors.convert;
