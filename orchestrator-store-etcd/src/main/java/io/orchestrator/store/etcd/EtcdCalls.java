package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.GetResponse;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orchestrator.spi.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls with one answer: each within the deadline, none repeated, and none sent while the circuit is open because etcd has
 * not answered the last ones.
 */
final class EtcdCalls {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdCalls.class);
    private static final int CALLS_LOOKED_AT = 8;
    private static final int FAILURES_IN_PERCENT = 75;
    private static final int CALLS_BEFORE_JUDGING = 4;
    private static final Duration OPEN_FOR = Duration.ofMillis(500);
    /** The deadline is gRPC's to keep; this is how much longer we wait for it to say so. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final EtcdConnection connection;
    private final Duration deadline;
    private final Function<Client, CompletableFuture<GetResponse>> anyRead;
    private final CircuitBreaker breaker;
    private volatile boolean closed;

    /** @param anyRead some call to etcd's keys, for a connection to show its channel and to get its tokens */
    EtcdCalls(EtcdConnection connection, Duration deadline, Function<Client, CompletableFuture<GetResponse>> anyRead) {
        this.connection = connection;
        this.deadline = deadline;
        this.anyRead = anyRead;
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
     * Sends one request by jetcd and waits for its answer.
     *
     * @throws EtcdRefusal when etcd answered, and said no; what that means depends on the request
     * @throws StoreException.Unavailable when it did not answer, or the outcome is unknown
     */
    <T> T call(String what, Function<Client, CompletableFuture<T>> request) throws EtcdRefusal {
        return guarded(
                what,
                () -> request.apply(connection.client())
                        .get(deadline.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The same past jetcd, on the thread that calls: for what is asked often. */
    <A, B> B call(String what, MethodDescriptor<A, B> method, A request) throws EtcdRefusal {
        ChannelTap.Direct direct = connection.direct();
        if (direct == null) {
            showDirect();
            direct = connection.direct();
            if (direct == null) {
                throw new StoreException.Unavailable(what + ": not sent, the connection has just been replaced", null);
            }
        }
        ChannelTap.Direct known = direct;
        return guarded(what, () -> {
            try {
                return known.call(method, request, deadline);
            } catch (StatusRuntimeException e) {
                if (!EtcdFailures.isTokenRefused(e)) {
                    throw e;
                }
            }
            // etcd has looked at nothing else.
            renewToken();
            return known.call(method, request, deadline);
        });
    }

    private void showDirect() {
        try {
            call("the first read", anyRead);
        } catch (EtcdRefusal e) {
            LOG.debug("etcd refused the first read, which was there to show the channel", e);
        }
    }

    /** jetcd drops its token when it meets such a refusal itself; it asks for the next one when that is needed. */
    private void renewToken() throws TimeoutException, InterruptedException {
        try {
            anyRead.apply(connection.client()).get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.debug("jetcd has met it, too", e);
        }
    }

    /** One attempt to reach etcd. */
    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws ExecutionException, TimeoutException, InterruptedException;
    }

    private <T> T guarded(String what, Attempt<T> attempt) throws EtcdRefusal {
        if (closed) {
            throw new StoreException.Closed();
        }
        if (!breaker.tryAcquirePermission()) {
            connection.suspect();
            throw StoreException.Unavailable.unwritten(what + ": not sent, etcd has not answered lately", null);
        }
        long started = System.nanoTime();
        try {
            T answer = attempt.make();
            breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
            connection.alive();
            return answer;
        } catch (ExecutionException | StatusRuntimeException e) {
            Throwable cause = EtcdFailures.rootOf(e);
            if (EtcdRefusal.is(cause)) {
                breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
                connection.alive();
                throw new EtcdRefusal(cause);
            }
            if (Thread.currentThread().isInterrupted()
                    && Status.fromThrowable(cause).getCode() == Status.Code.CANCELLED) {
                throw interrupted(what, cause);
            }
            throw failed(what, cause, started);
        } catch (TimeoutException e) {
            throw failed(what, new TimeoutException("no answer within " + deadline), started);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(what, e);
        } catch (RuntimeException e) {
            // What jetcd throws at once, such as from a client that was just replaced.
            throw failed(what, e, started);
        }
    }

    /** That somebody would not wait says nothing about etcd. */
    private StoreException interrupted(String what, Throwable cause) {
        breaker.releasePermission();
        return new StoreException.Unavailable(what + ": interrupted", cause);
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
