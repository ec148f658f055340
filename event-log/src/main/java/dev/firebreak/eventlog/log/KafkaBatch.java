package dev.firebreak.eventlog.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/// Sends some records in order and waits until the broker has them all, for as long as it takes.
final class KafkaBatch {

    private final Producer<String, byte[]> producer;
    private final BooleanSupplier givenUp;

    KafkaBatch(Producer<String, byte[]> producer, BooleanSupplier givenUp) {
        this.producer = producer;
        this.givenUp = givenUp;
    }

    /// @throws KafkaException when waiting does not help: the batch is to be sent again by a new
    ///   producer
    void deliver(List<ProducerRecord<String, byte[]>> records) {
        var deliveries = new ArrayList<Future<?>>(records.size());
        for (var record : records) {
            deliveries.add(sent(record));
        }
        producer.flush();
        deliveries.forEach(KafkaBatch::mustBeThere);
    }

    /// A record that found no room, or no broker to ask for the topic, has not been sent.
    private Future<?> sent(ProducerRecord<String, byte[]> record) {
        while (!givenUp.getAsBoolean()) {
            var delivery = producer.send(record);
            if (!delivery.isDone() || !ranOutOfTime(delivery)) {
                return delivery;
            }
        }
        throw new KafkaException("closed");
    }

    private static void mustBeThere(Future<?> delivery) {
        failure(delivery)
                .ifPresent(why -> {
                    throw new KafkaException("not delivered", why);
                });
    }

    private static boolean ranOutOfTime(Future<?> delivery) {
        return failure(delivery).filter(TimeoutException.class::isInstance).isPresent();
    }

    /// Empty when it was delivered.
    private static Optional<Throwable> failure(Future<?> delivery) {
        try {
            delivery.get();
            return Optional.empty();
        } catch (ExecutionException failed) {
            return Optional.ofNullable(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(interrupted);
        }
    }
}
