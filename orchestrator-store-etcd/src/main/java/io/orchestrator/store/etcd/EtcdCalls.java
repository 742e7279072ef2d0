package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.orchestrator.spi.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls with one answer: each within the deadline, none repeated, and none sent while the circuit is open because etcd has
 * not answered the last ones.
 */
final class EtcdCalls {
    private static final int CALLS_LOOKED_AT = 8;
    private static final int FAILURES_IN_PERCENT = 75;
    private static final int CALLS_BEFORE_JUDGING = 4;
    private static final Duration OPEN_FOR = Duration.ofMillis(500);
    /** The deadline is gRPC's to keep; this is how much longer we wait for it to say so. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final EtcdConnection connection;
    private final Duration deadline;
    private final CircuitBreaker breaker;
    private volatile boolean closed;

    EtcdCalls(EtcdConnection connection, Duration deadline) {
        this.connection = connection;
        this.deadline = deadline;
        this.breaker = CircuitBreaker.of(
                "etcd",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(CALLS_LOOKED_AT)
                        .minimumNumberOfCalls(CALLS_BEFORE_JUDGING)
                        .failureRateThreshold(FAILURES_IN_PERCENT)
                        .waitDurationInOpenState(OPEN_FOR)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
    }

    /**
     * Sends one request and waits for its answer.
     *
     * @throws EtcdRefusal when etcd answered, and said no; what that means depends on the request
     * @throws StoreException.Unavailable when it did not answer, or the outcome is unknown
     */
    <T> T call(String what, Function<Client, CompletableFuture<T>> request) throws EtcdRefusal {
        if (closed) {
            throw new StoreException.Closed();
        }
        if (!breaker.tryAcquirePermission()) {
            connection.suspect();
            throw new StoreException.Unavailable(what + ": not sent, etcd has not answered lately", null);
        }
        long started = System.nanoTime();
        try {
            T answer =
                    request.apply(connection.client()).get(deadline.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
            breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
            connection.alive();
            return answer;
        } catch (ExecutionException e) {
            Throwable cause = EtcdFailures.rootOf(e);
            if (EtcdRefusal.is(cause)) {
                breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
                connection.alive();
                throw new EtcdRefusal(cause);
            }
            throw failed(what, cause, started);
        } catch (TimeoutException e) {
            throw failed(what, new TimeoutException("no answer within " + deadline), started);
        } catch (InterruptedException e) {
            breaker.releasePermission();
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable(what + ": interrupted", e);
        } catch (RuntimeException e) {
            // What jetcd throws at once, such as from a client that was just replaced.
            throw failed(what, e, started);
        }
    }

    void close() {
        closed = true;
    }

    private StoreException failed(String what, Throwable cause, long started) {
        breaker.onError(System.nanoTime() - started, TimeUnit.NANOSECONDS, cause);
        connection.suspect();
        return EtcdFailures.translate(what, cause);
    }
}
