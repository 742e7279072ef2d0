package io.orchestrator.core.embed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.NodeNotice;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.network.ServiceProxyLoop;
import io.orchestrator.core.network.health.HealthPorts;
import io.orchestrator.core.network.userspace.Admission;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves the cluster's services on a machine where several processes may have nodes: one of them does, for all. Whoever holds the
 * addresses is the one; when it dies another one takes over within a second or two.
 */
final class SharedServices implements AutoCloseable {
    static final ObjectKey DNS = new ObjectKey(DnsService.NAMESPACE, DnsService.NAME);
    static final ObjectKey API = new ObjectKey("default", "kubernetes");
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SharedInformers informers;
    private final Events events;
    private final ServiceNetwork own;
    private final ProxyMode mode;
    private final String domain;
    private final String node;
    private final Admission admission;
    private final Runnable changed;
    private final Environment environment;
    private final Object lock = new Object();
    private final Teardown serving = new Teardown();

    @GuardedBy("lock")
    private boolean done;

    private volatile ServiceNetwork.@Nullable ServedBy served;

    @GuardedBy("lock")
    private @Nullable ScheduledFuture<?> timer;

    /**
     * @param own addresses that this process holds anyway
     * @param mode what carries the traffic
     * @param domain of the cluster
     * @param node that is in this process
     * @param admission says who may be led where
     * @param changed is run when {@link #statement()} may say something else
     */
    SharedServices(
            SharedInformers informers,
            Events events,
            ServiceNetwork own,
            ProxyMode mode,
            String domain,
            String node,
            Admission admission,
            Runnable changed,
            Environment environment) {
        this.informers = informers;
        this.events = events;
        this.own = own;
        this.mode = mode;
        this.domain = domain;
        this.node = node;
        this.admission = admission;
        this.changed = changed;
        this.environment = environment;
        informers.informer(Service.TYPE);
    }

    void start() {
        synchronized (lock) {
            timer = environment
                    .timers()
                    .scheduleWithFixedDelay(
                            () -> environment.executor().execute(this::attempt),
                            0,
                            AGAIN.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    /** What serves, for the node's conditions; empty as long as another process of this machine does. */
    Optional<NodeNotice.Statement> statement() {
        ServiceNetwork.ServedBy by = served;
        return by == null ? Optional.empty() : Optional.of(by.statement());
    }

    /** The address by which the API is reached tells where the others are. */
    private void attempt() {
        Optional<String> known = informers
                .get(Service.TYPE, API)
                .map(service -> service.spec().clusterIP())
                .filter(address -> !address.isEmpty());
        if (known.isEmpty()) {
            return;
        }
        synchronized (lock) {
            if (done) {
                return;
            }
            Optional<ServiceNetwork> network = own.isServiceAddress(known.get())
                    ? Optional.of(own)
                    : ServiceNetwork.around(known.get()).map(taken -> serving.add("service addresses", taken));
            if (network.isPresent()) {
                done = true;
                serve(network.get());
                stopTrying();
            }
        }
    }

    private void serve(ServiceNetwork network) {
        Optional<Service> dns = informers.get(Service.TYPE, DNS);
        Set<String> always =
                dns.map(service -> Set.of(service.spec().clusterIP())).orElse(Set.of());
        ServiceNetwork.ServedBy by =
                network.proxy(mode, Balancing.ROUND_ROBIN, environment, always, own, admission, serving);
        by.news().accept(changed);
        served = by;
        serving.add(
                        "service proxy loop",
                        new ServiceProxyLoop(
                                informers,
                                by.proxy(),
                                new HealthPorts(environment),
                                events,
                                environment,
                                node::equals,
                                changed))
                .start();
        dns.ifPresent(service -> DnsService.start(service, domain, network, informers, events, environment, serving));
    }

    @GuardedBy("lock")
    private void stopTrying() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            done = true;
            stopTrying();
        }
        serving.close();
    }
}
