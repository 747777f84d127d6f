package io.yardmaster.client;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How often a share group delivers a record before it gives it up. */
record DeliveryLimit(int deliveries) {
    /** What Kafka has where nothing is configured. */
    static final DeliveryLimit DEFAULT = new DeliveryLimit(5);

    /** True if the record is given up unless this delivery ends well. */
    boolean isLast(ConsumerRecord<?, ?> polled) {
        return polled.deliveryCount().orElse((short) 1) >= deliveries;
    }
}
