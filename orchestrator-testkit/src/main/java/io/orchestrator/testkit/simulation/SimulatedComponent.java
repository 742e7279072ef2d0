package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A component of the simulation, which may die and come back with nothing in its memory. */
public final class SimulatedComponent implements AutoCloseable {
    private static final Duration RESTART = Duration.ofSeconds(1);

    /** Starts a component. */
    @FunctionalInterface
    public interface Starter {
        AutoCloseable start(Site site);
    }

    private final class Life {
        final Object lane = new Object();
        final FaultyTransport transport;
        final VirtualTimers timers;
        boolean over;

        @Nullable
        AutoCloseable component;

        Life() {
            timers = time.mortalTimers();
            transport = new FaultyTransport(api.get(), faults, timers, this::freeze);
        }

        void begin() {
            Environment all = time.environment(new Random(random.nextLong()));
            Environment own = new Environment(
                    new SkewedClock(all.clock(), () -> skew),
                    all.nanoTime(),
                    timers,
                    task -> time.executor(lane).execute(unlessOver(task)),
                    all.random());
            component = starter.start(new Site(name, transport, own));
        }

        /** Time passes, for everybody but this one. */
        void freeze(Duration span) {
            long thaw = time.nanoTime() + span.toNanos();
            time.freeze(lane, thaw);
            time.freeze(timers, thaw);
            passing.accept(span);
        }

        void end() {
            over = true;
            transport.die();
            timers.die();
        }

        private Runnable unlessOver(Runnable task) {
            return () -> {
                if (!over) {
                    task.run();
                }
            };
        }
    }

    private final String name;
    private final VirtualTime time;
    private final Supplier<ApiTransport> api;
    private final Consumer<Duration> passing;
    private final Starter starter;
    private final Random random;
    private final ScheduledExecutorService restarts;
    private final Faults faults;
    private Duration skew = Duration.ZERO;
    private @Nullable Life life;

    /** @param passing lets the time pass while one is frozen, within whatever it was doing */
    SimulatedComponent(
            String name,
            VirtualTime time,
            Supplier<ApiTransport> api,
            Consumer<Duration> passing,
            Starter starter,
            long seed) {
        this.name = name;
        this.time = time;
        this.api = api;
        this.passing = passing;
        this.starter = starter;
        this.random = new Random(seed);
        this.restarts = time.timers();
        this.faults = new Faults(new Random(random.nextLong()), this::crash);
    }

    public String name() {
        return name;
    }

    /** What goes wrong for it. */
    public Faults faults() {
        return faults;
    }

    /** From now on its wall clock, in all its lives, is so much ahead of the others', or behind; monotonic time does not notice. */
    public void skewClock(Duration ahead) {
        skew = ahead;
    }

    public boolean isAlive() {
        return life != null;
    }

    /** It stands still from here on for so long, as a suspended process does, and then goes on as if nothing had been. */
    public void freeze(Duration span) {
        Life frozen = life;
        if (frozen != null) {
            frozen.freeze(span);
        }
    }

    /** It dies here and now, and comes back a second later. */
    public void crash() {
        if (life != null) {
            kill();
            restarts.schedule(this::start, RESTART.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** It dies here and now, and stays away. */
    public void kill() {
        if (life != null) {
            life.end();
            life = null;
        }
    }

    /** It comes back, unless it is there. */
    public void start() {
        if (life == null) {
            Life next = new Life();
            life = next;
            next.begin();
        }
    }

    /** Ends it in order, as a host would. */
    @Override
    public void close() throws Exception {
        restarts.shutdownNow();
        Life last = life;
        life = null;
        if (last != null && last.component != null) {
            last.component.close();
            last.end();
        }
    }
}
