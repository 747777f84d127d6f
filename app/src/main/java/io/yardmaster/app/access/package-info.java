/** What Kafka must permit to whom, and whether it does. */
package io.yardmaster.app.access;
