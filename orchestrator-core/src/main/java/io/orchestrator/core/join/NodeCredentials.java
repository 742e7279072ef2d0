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

    private final IdentityFile file;
    private final CertificateOrder order;
    private final Environment environment;
    private volatile @Nullable Identity identity;
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
        Instant now = environment.clock().instant();
        Duration wait = known == null ? Duration.ZERO : Duration.between(now, renewal(known));
        later(wait, self, bootstrap);
    }

    private void later(Duration wait, Client self, Optional<Supplier<Client>> bootstrap) {
        if (closed) {
            return;
        }
        long nanos = Math.max(0, wait.toNanos());
        timer = environment
                .timers()
                .schedule(
                        () -> environment.executor().execute(() -> renew(self, bootstrap)),
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    /** Somewhere between seven and nine tenths of its life. */
    private Instant renewal(Identity known) {
        Instant from = known.certificate().getNotBefore().toInstant();
        long life = Duration.between(from, known.certificate().getNotAfter().toInstant())
                .toMillis();
        return from.plusMillis(life * 7 / 10 + environment.random().nextLong(Math.max(1, life / 5)));
    }

    private void renew(Client self, Optional<Supplier<Client>> bootstrap) {
        if (closed) {
            return;
        }
        try {
            renewOnce(self, bootstrap);
            keepFresh(self, bootstrap);
        } catch (ApiException e) {
            LOG.warn("the next certificate of the node is not to be had yet: {}", e.getMessage());
            later(AGAIN, self, bootstrap);
        } catch (RuntimeException e) {
            LOG.warn("the next certificate of the node is not to be had yet", e);
            later(AGAIN, self, bootstrap);
        }
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
