package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.flow.Deadlines;
import io.orchestrator.apiserver.flow.FairSeats;
import io.orchestrator.apiserver.flow.Level;
import io.orchestrator.apiserver.flow.Shares;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.RequestBody;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests in so that none can hold up the others: the body is read without a thread, a seat is waited for without one,
 * and whoever takes too long is answered for. What lasts for as long as a client likes has places of its own, of which nobody
 * gets more than half. Thread-safe.
 */
final class Admittance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Admittance.class);
    /** Bodies in flight may take this part of the heap. */
    private static final int HEAP_PART = 16;

    private static final long LEAST_BODY_BYTES = 16L * 1024 * 1024;
    private static final int RETRY_SECONDS = 1;

    /** How requests are answered with an error. */
    interface Refusal {
        /** By whoever handles the request, on its thread. */
        void refuse(Exchange exchange, ApiException why);

        /** In the place of whoever handles it, from any thread. */
        void overrule(Exchange exchange, ApiException why);
    }

    /** What is done with a request. */
    interface Step {
        void take() throws IOException;
    }

    /**
     * Whose request it is.
     *
     * @param level the level of priority
     * @param flow with whose other requests it shares the level's seats
     * @param user whose places it takes
     * @param schemaUid of the schema that says so; empty where none does
     * @param levelUid of the level; empty where there is none
     */
    record Kind(String level, String flow, String user, String schemaUid, String levelUid) {}

    private final ServerLimits limits;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final FairSeats seats;
    private final Deadlines deadlines;
    private final Shares bodies;
    private final Shares places;
    private final Refusal refusal;

    Admittance(ServerLimits limits, Environment environment, List<Level> levels, Refusal refusal) {
        this.limits = limits;
        this.executor = environment.executor();
        this.nanoTime = environment.nanoTime();
        this.seats = new FairSeats(limits.inFlight(), levels);
        this.deadlines = new Deadlines(environment);
        this.bodies = new Shares(Math.max(LEAST_BODY_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART));
        this.places = new Shares(limits.longRunning());
        this.refusal = refusal;
        deadlines.start();
    }

    FairSeats seats() {
        return seats;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** How many requests are under way that last as long as their clients like. */
    long longRunning() {
        return places.taken();
    }

    /**
     * Serves a request that has an end.
     *
     * @param timeout that the client asks for; zero where it does not
     */
    void serve(Exchange exchange, Kind kind, Duration timeout, Step step) {
        Duration most = limits.requestTime();
        boolean shorter = !timeout.isZero() && timeout.compareTo(most) < 0;
        Duration time = shorter ? timeout : most;
        long end = nanoTime.getAsLong() + time.toNanos();
        exchange.timeLeft(() -> Duration.ofNanos(end - nanoTime.getAsLong()));
        Deadlines.Deadline deadline = deadlines.in(
                time,
                () -> refusal.overrule(
                        exchange,
                        new ApiException(
                                Reason.TIMEOUT, "Timeout: request did not complete within the allotted timeout")));
        exchange.whenEnded(deadline::cancel);
        if (!mayHaveBody(exchange)) {
            seat(exchange, kind, step);
            return;
        }
        BodyStep reader = new BodyStep(exchange, kind, step);
        RequestBody body = new RequestBody(exchange, bodies, kind.user(), reader);
        exchange.whenEnded(() -> {
            deadline.cancel();
            if (body.counted() > 0) {
                bodies.give(kind.user(), body.counted());
            }
        });
        body.read();
    }

    /** Serves the beginning of a watch: it has a seat until it stands, and no end. */
    void begin(Exchange exchange, Kind kind, Step step) {
        seat(exchange, kind, step);
    }

    /** Serves what lasts as long as its client likes, on a thread of its own. */
    void serveApart(Exchange exchange, Kind kind, Step step) {
        if (!places.take(kind.user(), 1)) {
            throw new ApiException(
                    Reason.TOO_MANY_REQUESTS,
                    "too many streams are open, please try again later",
                    ApiException.Subject.NONE,
                    List.of(),
                    RETRY_SECONDS);
        }
        try {
            executor.execute(() -> {
                try {
                    guarded(exchange, step);
                } finally {
                    places.give(kind.user(), 1);
                }
            });
        } catch (RejectedExecutionException e) {
            places.give(kind.user(), 1);
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the server is being closed", e);
        }
    }

    private static boolean mayHaveBody(Exchange exchange) {
        return switch (exchange.method()) {
            case "GET", "HEAD" -> false;
            default -> true;
        };
    }

    private void seat(Exchange exchange, Kind kind, Step step) {
        Waiting waiting = new Waiting(exchange, step);
        FairSeats.Entry entry = seats.enter(kind.level(), kind.flow(), exchange.executor(), waiting);
        FairSeats.Seat seat = entry.seat();
        if (seat != null) {
            waiting.on(seat);
            return;
        }
        FairSeats.Turn turn = entry.turn();
        if (turn != null) {
            waiting.until(deadlines.in(limits.longestWait(), () -> {
                if (turn.giveUp()) {
                    refusal.overrule(
                            exchange,
                            new ApiException(
                                    Reason.TOO_MANY_REQUESTS,
                                    "too many requests, please try again later",
                                    ApiException.Subject.NONE,
                                    List.of(),
                                    RETRY_SECONDS));
                }
            }));
        }
    }

    /** A request that waits for its seat, and then has one for as long as its handler runs. */
    private final class Waiting implements FairSeats.Served {
        private final Exchange exchange;
        private final Step step;
        private Deadlines.@Nullable Deadline patience;
        private boolean seated;

        Waiting(Exchange exchange, Step step) {
            this.exchange = exchange;
            this.step = step;
        }

        synchronized void until(Deadlines.Deadline deadline) {
            patience = deadline;
            if (seated) {
                deadline.cancel();
            }
        }

        private synchronized void seated() {
            seated = true;
            if (patience != null) {
                patience.cancel();
            }
        }

        @Override
        public void on(FairSeats.Seat seat) {
            seated();
            try {
                // Who has been answered for while it waited need not be served any more.
                if (!exchange.isAnswered()) {
                    guarded(exchange, step);
                }
            } finally {
                seat.leave();
            }
        }
    }

    /** What follows the body of a request. */
    private final class BodyStep implements RequestBody.Reader {
        private final Exchange exchange;
        private final Kind kind;
        private final Step step;

        BodyStep(Exchange exchange, Kind kind, Step step) {
            this.exchange = exchange;
            this.kind = kind;
            this.step = step;
        }

        @Override
        public void read() {
            guarded(exchange, () -> seat(exchange, kind, step));
        }

        @Override
        public void failed(ApiException why) {
            refusal.refuse(exchange, why);
        }

        @Override
        public void lost(IOException why) {
            LOG.debug("a client went away: {}", why.toString());
            exchange.abort(why);
        }
    }

    /** Takes the step, and answers with what is wrong. */
    void guarded(Exchange exchange, Step step) {
        try {
            step.take();
        } catch (ApiException e) {
            refusal.refuse(exchange, e);
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.toString());
            exchange.abort(e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.method(), exchange.rawPath(), e);
            refusal.refuse(exchange, new ApiException(Reason.INTERNAL_ERROR, "Internal error occurred: " + e, e));
        }
    }

    @Override
    public void close() {
        deadlines.close();
    }
}
