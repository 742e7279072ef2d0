package io.orchestrator.core.join;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.client.config.ClientIdentity;
import io.orchestrator.core.client.config.ConfigException;
import io.orchestrator.core.client.config.Credentials;
import io.orchestrator.core.env.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who a node is: its certificate, which lies in a file over restarts, and is followed by the next one when between seven and nine
 * tenths of its life are over, never by all nodes at once. The node orders that one with the certificate that it has; where that
 * is no longer believed, with its token, if it still has one that is. Thread-safe.
 */
public final class NodeCredentials implements Credentials, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCredentials.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** Attempts in the life of a certificate that is too short for so long a wait. */
    private static final int A_FEW = 10;
    /** However short a life is, nobody is asked without a pause. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Timers stand still while a machine is suspended, and know nothing of a clock that is set: so often that is looked at. */
    private static final Duration LOOK = Duration.ofMinutes(10);

    private final IdentityFile file;
    private final CertificateOrder order;
    private final Environment environment;
    private volatile @Nullable Identity identity;
    /** Since when it has the certificate, which says that it was good before that; where it knows. */
    private volatile @Nullable Instant since;

    /** When the next one is ordered. */
    private volatile Instant due = Instant.MAX;

    private volatile boolean closed;
    private volatile @Nullable ScheduledFuture<?> timer;

    /** @param file where the certificate lies, or will */
    public NodeCredentials(Path file, CertificateOrder order, Environment environment) {
        this.file = new IdentityFile(file);
        this.order = order;
        this.environment = environment;
        this.identity = this.file.read(environment.clock().instant()).orElse(null);
    }

    /** Whether there is a certificate already, as after a restart. */
    public boolean areThere() {
        return identity != null;
    }

    /**
     * Orders a certificate and keeps it. Blocks.
     *
     * @throws ApiException when it is not to be had
     */
    public void order(Client client) {
        Identity fresh = order.client(client);
        file.write(fresh);
        since = environment.clock().instant();
        identity = fresh;
        LOG.info(
                "the certificate of {} is good until {}",
                fresh.certificate().getSubjectX500Principal(),
                fresh.certificate().getNotAfter());
    }

    @Override
    public Shown current() {
        Identity known = identity;
        if (known == null) {
            throw new ConfigException("the node has no certificate yet");
        }
        return Shown.certificate(new ClientIdentity(List.of(known.certificate()), known.key()));
    }

    /**
     * Begins to see to the next certificate in time.
     *
     * @param self as the node
     * @param bootstrap as the holder of a token, opened for one order and closed; empty where there is none
     */
    public void keepFresh(Client self, Optional<Supplier<Client>> bootstrap) {
        Identity known = identity;
        due = known == null ? now() : renewal(known);
        later(self, bootstrap);
    }

    private void later(Client self, Optional<Supplier<Client>> bootstrap) {
        if (closed) {
            return;
        }
        Duration wait = greater(PAUSE, lesser(LOOK, Duration.between(now(), due)));
        try {
            timer = environment.timers().schedule(() -> ring(self, bootstrap), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the timers have ended, and the renewal of the node's certificate with them", e);
        }
    }

    private void ring(Client self, Optional<Supplier<Client>> bootstrap) {
        try {
            environment.executor().execute(() -> look(self, bootstrap));
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is there to look at the node's certificate", e);
            later(self, bootstrap);
        }
    }

    /** Somewhere between seven and nine tenths of its life; in a while where that is over by this clock as soon as it begins. */
    private Instant renewal(Identity known) {
        Instant from = from(known);
        long life = Duration.between(from, end(known)).toMillis();
        return life <= 0
                ? now().plus(AGAIN)
                : from.plusMillis(life * 7 / 10 + environment.random().nextLong(Math.max(1, life / 5)));
    }

    private static Instant end(Identity known) {
        return known.certificate().getNotAfter().toInstant();
    }

    private Instant now() {
        return environment.clock().instant();
    }

    private Instant from(Identity known) {
        Instant had = since;
        return had == null ? known.certificate().getNotBefore().toInstant() : had;
    }

    private void look(Client self, Optional<Supplier<Client>> bootstrap) {
        if (closed) {
            return;
        }
        try {
            if (!now().isBefore(due)) {
                renew(self, bootstrap);
            }
        } finally {
            Identity known = identity;
            if (known != null && !now().isBefore(end(known))) {
                LOG.warn("the certificate of the node was good until {}", end(known));
            }
            later(self, bootstrap);
        }
    }

    private void renew(Client self, Optional<Supplier<Client>> bootstrap) {
        Identity before = identity;
        try {
            renewOnce(self, bootstrap);
        } catch (ApiException e) {
            LOG.warn("the next certificate of the node is not to be had yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("the next certificate of the node is not to be had yet", e);
        } finally {
            Identity known = identity;
            due = known == null || known.equals(before) ? now().plus(again()) : renewal(known);
        }
    }

    private Duration again() {
        Identity known = identity;
        if (known == null) {
            return AGAIN;
        }
        Duration life = Duration.between(from(known), end(known));
        return life.compareTo(Duration.ZERO) <= 0 ? AGAIN : lesser(AGAIN, greater(PAUSE, life.dividedBy(A_FEW)));
    }

    private static Duration lesser(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration greater(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void renewOnce(Client self, Optional<Supplier<Client>> bootstrap) {
        try {
            order(self);
        } catch (ApiException | ConfigException e) {
            if (bootstrap.isEmpty()) {
                throw e;
            }
            LOG.info("the node's certificate does not get it another one, its token is tried: {}", e.getMessage());
            try (Client holder = bootstrap.get().get()) {
                order(holder);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> waiting = timer;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
