/** The permissions that each kind of client needs in Kafka, and the check that it has them. */
package io.yardmaster.app.access;
