/** A Kafka and a schema registry for a scheduler, in this JVM. */
package io.yardmaster.app.embedded;
