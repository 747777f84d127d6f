package io.yardmaster.client;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The number of times that a share group delivers a record before it gives the record up. */
record DeliveryLimit(int deliveries) {
    /** Kafka's default. */
    static final DeliveryLimit DEFAULT = new DeliveryLimit(5);

    /** True if the record is given up unless this delivery ends well. */
    boolean isLast(ConsumerRecord<?, ?> polled) {
        return polled.deliveryCount().orElse((short) 1) >= deliveries;
    }
}
