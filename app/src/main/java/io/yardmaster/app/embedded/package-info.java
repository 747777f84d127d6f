/** Everything that a scheduler needs around it, in this JVM: Kafka and the schema registry. */
package io.yardmaster.app.embedded;
