package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The callback of all records of one sender, which remembers the first that was lost. */
final class LossCheck implements Callback {
    private final String records;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** @param records a name of the records in the plural */
    LossCheck(String records, String topic) {
        this.records = records;
        this.topic = topic;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        }
    }

    /** @throws BenchException if a record is lost whose sending has ended */
    void requireNone() {
        Exception lost = failure.get();
        if (lost != null) {
            throw new BenchException(
                    "%s were lost on their way to %s: %s".formatted(records, topic, lost.getMessage()), lost);
        }
    }
}
