package io.orchestrator.core.network.dns;

import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.io.LoopGroup;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DNS server of a cluster, by datagram and by connection on one port. An address or port that cannot be had is tried again
 * until it can.
 *
 * <p><b>Threads.</b> Safe for concurrent use; keeps one thread of the environment's executor until it is closed.
 */
public final class ClusterDns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDns.class);

    private final DnsSettings settings;
    private final Environment environment;
    private final Zone zone;
    private final ZoneFeed feed;
    private final LoopGroup loops;
    private final SelectorLoop loop;
    private final Responder responder;
    private final Consumer<String> onFailure;
    private @Nullable ScheduledFuture<?> pending;
    private boolean listening;
    private boolean told;
    private boolean closed;

    /** @param onFailure is told, once in a row, why the address and port cannot be had */
    public ClusterDns(
            DnsSettings settings, SharedInformers informers, Environment environment, Consumer<String> onFailure) {
        this.settings = settings;
        this.environment = environment;
        this.onFailure = onFailure;
        ClusterNames names = ClusterNames.of(settings.domain());
        this.zone = new Zone(names.zone());
        this.feed = new ZoneFeed(informers, names, zone);
        try {
            this.loops = LoopGroup.start(1, environment.executor(), environment.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException("no selector is to be had", e);
        }
        this.loop = loops.next();
        Forwarder forwarder = new Forwarder(
                settings.upstream(),
                loop,
                new AnswerCache(settings.cached(), environment.nanoTime()),
                settings.patience(),
                environment.random());
        ClusterAnswers answers = new ClusterAnswers(
                names, zone, feed, settings.ours(), settings.address().getAddress());
        this.responder = new Responder(
                new Resolver(answers, forwarder), !settings.upstream().isEmpty());
    }

    /** Begins to follow the cluster and to listen. To be called once. */
    public void start() {
        feed.start();
        tryToListen();
    }

    /** Whether it can be asked. */
    public synchronized boolean isListening() {
        return listening;
    }

    private synchronized void tryToListen() {
        if (closed) {
            return;
        }
        InetSocketAddress address = settings.address();
        try {
            listen(address);
            listening = true;
            if (told) {
                LOG.info("the cluster's DNS answers on {} now", address);
            }
        } catch (IOException e) {
            if (!told) {
                told = true;
                onFailure.accept(why(address, e));
            }
            pending = environment
                    .timers()
                    .schedule(
                            () -> environment.executor().execute(this::tryToListen),
                            settings.again().toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Both or none. */
    private void listen(InetSocketAddress address) throws IOException {
        DatagramPort datagrams = DatagramPort.bind(loop, responder, address);
        try {
            ConnectionPort connections = ConnectionPort.bind(loop, responder, address, settings.idle());
            loop.execute(() -> begin(datagrams, connections));
        } catch (IOException | RuntimeException e) {
            datagrams.abort();
            throw e;
        }
    }

    private void begin(DatagramPort datagrams, ConnectionPort connections) {
        if (loop.isClosed()) {
            datagrams.abort();
            connections.abort();
            return;
        }
        try {
            datagrams.begin();
            connections.begin();
        } catch (IOException e) {
            LOG.error("the cluster's DNS has lost its sockets", e);
        }
    }

    private static String why(InetSocketAddress address, IOException e) {
        String said = String.valueOf(e.getMessage());
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        return said.contains("ermission denied")
                ? "the cluster's DNS may not listen on " + where + ": ports below 1024 need root, or a lower"
                        + " net.ipv4.ip_unprivileged_port_start"
                : "the cluster's DNS cannot listen on " + where + ": " + said;
    }

    /** Gives the port back. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            listening = false;
            if (pending != null) {
                pending.cancel(false);
            }
        }
        feed.close();
        loops.close();
    }
}
