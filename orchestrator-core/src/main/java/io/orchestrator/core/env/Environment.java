package io.orchestrator.core.env;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time, threads and chance, as every component gets them. The real one is {@link SystemEnvironment}; the testkit's
 * simulation supplies one in which a single thread steps through virtual time.
 *
 * @param clock wall time: for timestamps that people see, never for measuring spans
 * @param nanoTime monotonic time: for spans, deadlines and leases
 * @param timers runs what is due; tasks must not block
 * @param executor runs what may block, in no order; in the simulation it is the one thread, so nothing may wait for another
 *     task of it
 * @param random thread-safe
 */
public record Environment(
        Clock clock,
        LongSupplier nanoTime,
        ScheduledExecutorService timers,
        Executor executor,
        RandomGenerator random) {}
