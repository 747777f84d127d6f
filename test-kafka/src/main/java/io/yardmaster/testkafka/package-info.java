/**
 * What integration tests run on. They ask for a {@link io.yardmaster.testkafka.TestKafka}, and whoever starts the build says
 * with {@code -Dkafka=…} what that is, so that no test is written twice.
 */
package io.yardmaster.testkafka;
