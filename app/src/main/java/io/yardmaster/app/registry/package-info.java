/**
 * A schema registry for {@code serve --embedded}: Confluent's REST API as its clients use it, Avro only.
 *
 * <p>{@link io.yardmaster.app.registry.RegistryApi} speaks the protocol, {@link
 * io.yardmaster.app.registry.EmbeddedRegistry} decides, {@link io.yardmaster.app.registry.RegistryState} is the immutable
 * state, {@link io.yardmaster.app.registry.RegistryFile} keeps it on disk.
 */
package io.yardmaster.app.registry;
