package io.orchestrator.core.control.election;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.core.client.FencedTransport;
import io.orchestrator.core.env.Environment;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one of several candidates lead: whoever holds the lease. The holder renews it; when nobody has for as long as it is good
 * for, the next candidate takes it.
 *
 * <p>How long a lease was not renewed each candidate judges by its own monotonic time, from the moment at which it saw the last
 * renewal, so clocks may differ and jump. A holder that cannot renew stops leading before others may take over. One that was
 * frozen cannot stop in time; its writes are refused nevertheless, as they carry its lease: see {@link io.orchestrator.api.client.Fence}
 * and ADR 0021.
 *
 * <p><b>Threads.</b> Safe for concurrent use. One step at a time is under way, on the environment's executor; the end of a term
 * may come while a step waits for the server.
 */
public final class LeaderElection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
    /** Each wait is longer than the period by chance, up to its fifth part, so that candidates do not come all at once. */
    private static final int JITTER = 5;

    /** What the leader does, for as long as it leads. */
    @FunctionalInterface
    public interface Term {
        /**
         * Begins to lead. Must not wait long: nothing is renewed meanwhile.
         *
         * @param client whose writes carry the lease of this term; everything that the leader writes must go through it
         * @return what ends it; called when the lease is lost or given up, and returns when nothing more is begun
         */
        AutoCloseable begin(Client client);
    }

    private final Client client;
    private final ElectionSettings settings;
    private final Environment environment;
    private final Term term;
    private final LeaseClaim claim;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Lease held;

    @GuardedBy("lock")
    private @Nullable AutoCloseable leading;

    @GuardedBy("lock")
    private long renewedAt;

    @GuardedBy("lock")
    private @Nullable Future<?> watchdog;

    @GuardedBy("lock")
    private boolean closed;

    /** Owned by the step. */
    private String seenVersion = "";
    /** Owned by the step. */
    private long seenAt;

    /** @param client must not be fenced: the election writes the lease itself */
    public LeaderElection(Client client, ElectionSettings settings, Environment environment, Term term) {
        this.client = client;
        this.settings = settings;
        this.environment = environment;
        this.term = term;
        this.claim = new LeaseClaim(client, settings, environment.clock());
    }

    /** Becomes a candidate. Returns at once. To be called once. */
    public void start() {
        environment.executor().execute(this::step);
    }

    public boolean isLeading() {
        synchronized (lock) {
            return leading != null;
        }
    }

    /** Stops leading, and gives the lease up so that the next one need not wait. Idempotent. */
    @Override
    public void close() {
        Lease last;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            last = held;
        }
        stopLeading("it is closed");
        if (last != null) {
            release(last);
        }
    }

    private void step() {
        if (isClosed()) {
            return;
        }
        try {
            Lease mine = held();
            if (mine == null) {
                compete();
            } else {
                renew(mine);
            }
        } catch (ApiException e) {
            LOG.debug("{}: no word of the lease {}", settings.identity(), settings.name(), e);
        } catch (RuntimeException e) {
            LOG.warn("{}: the election for {} failed, again soon", settings.identity(), settings.name(), e);
        }
        again();
    }

    private void compete() {
        Lease found = claim.find().orElse(null);
        long now = environment.nanoTime().getAsLong();
        if (found != null && !claim.isFree(found)) {
            if (!found.metadata().resourceVersion().equals(seenVersion)) {
                seenVersion = found.metadata().resourceVersion();
                seenAt = now;
                return;
            }
            if (now - seenAt < claim.validity(found).toNanos()) {
                return;
            }
            LOG.info("{}: the lease {} of {} ran out", settings.identity(), settings.name(), LeaseClaim.holder(found));
        }
        claim.take(found).ifPresent(lease -> lead(lease, now));
    }

    private void lead(Lease lease, long asked) {
        boolean late;
        synchronized (lock) {
            late = closed;
            if (!late) {
                held = lease;
                renewed(asked);
            }
        }
        if (late) {
            release(lease);
            return;
        }
        LOG.info("{} leads by the lease {}", settings.identity(), settings.name());
        AutoCloseable begun = begin(lease);
        synchronized (lock) {
            late = held == null;
            leading = late ? null : begun;
        }
        if (late) {
            end(begun);
        }
    }

    /** Who cannot begin does not keep others from it, and tries again like anybody else. */
    private AutoCloseable begin(Lease lease) {
        try {
            return term.begin(new Client(new FencedTransport(client.transport(), claim.fence(lease))));
        } catch (RuntimeException | Error e) {
            stopLeading("it could not begin");
            release(lease);
            throw e;
        }
    }

    private void renew(Lease mine) {
        long asked = environment.nanoTime().getAsLong();
        Lease renewed = claim.renew(mine).orElse(null);
        if (renewed == null) {
            stopLeading("it has another holder");
            return;
        }
        boolean over;
        synchronized (lock) {
            over = closed;
            if (held != null) {
                held = renewed;
                renewed(asked);
            }
        }
        if (over) {
            release(renewed);
        }
    }

    /** From the moment of the request on: nobody knows how long the answer took. */
    @GuardedBy("lock")
    private void renewed(long asked) {
        renewedAt = asked;
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        long left = asked
                + settings.renewWithin().toNanos()
                - environment.nanoTime().getAsLong();
        try {
            watchdog = environment
                    .timers()
                    .schedule(
                            () -> environment.executor().execute(() -> giveUpUnlessRenewed(asked)),
                            left,
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the timers have ended, and this candidate with them", e);
        }
    }

    private void giveUpUnlessRenewed(long asked) {
        boolean late;
        synchronized (lock) {
            late = held != null && renewedAt == asked;
        }
        if (late) {
            stopLeading("it could not be renewed");
        }
    }

    private void stopLeading(String why) {
        AutoCloseable ending;
        synchronized (lock) {
            ending = leading;
            leading = null;
            held = null;
            if (watchdog != null) {
                watchdog.cancel(false);
                watchdog = null;
            }
        }
        if (ending != null) {
            LOG.info("{} leads by the lease {} no longer: {}", settings.identity(), settings.name(), why);
            end(ending);
        }
    }

    private void end(AutoCloseable ending) {
        try {
            ending.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{}: a term did not end well; what it may still write is fenced", settings.identity(), e);
        }
    }

    private void release(Lease lease) {
        try {
            claim.release(lease);
        } catch (ApiException e) {
            LOG.debug("the lease {} could not be given up and will run out", settings.name(), e);
        }
    }

    private @Nullable Lease held() {
        synchronized (lock) {
            return held;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private void again() {
        if (isClosed()) {
            return;
        }
        long period = settings.period().toNanos();
        long wait = held() == null ? period + environment.random().nextLong(1 + period / JITTER) : period;
        try {
            environment.timers().schedule(() -> environment.executor().execute(this::step), wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the timers have ended, and this candidate with them", e);
        }
    }
}
