package io.orchestrator.core.network;

import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import io.orchestrator.core.network.health.HealthCheck;
import io.orchestrator.core.network.health.HealthReports;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ProxyReport.Problem;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a proxy's table true to services and slices. Changes that come together are applied together; only what belongs to a
 * changed service is worked out again. What could not be served stands in an event on the service, once, and is tried again.
 *
 * <p><b>Threads.</b> Safe for concurrent use. One loop on the environment's executor owns the table and calls the proxy; at
 * rest nothing runs.
 */
public final class ServiceProxyLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProxyLoop.class);
    private static final Duration TOGETHER = Duration.ofMillis(10);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final String BY_SERVICE = "proxy-service";

    private final SharedInformers informers;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final ServiceProxy proxy;
    private final HealthReports health;
    private final Events events;
    private final Environment environment;
    private final SerialExecutor loop;
    private final Informer.Handler<Service> onService;
    private final Informer.Handler<EndpointSlice> onSlice;
    private final Predicate<String> local;
    private final Runnable applied;

    // Owned by the loop.
    private final Map<ObjectKey, List<ServicePort>> table = new TreeMap<>();
    private final Map<ObjectKey, HealthCheck> checks = new TreeMap<>();
    private final Set<ObjectKey> dirty = new HashSet<>();
    private Set<Problem> known = Set.of();
    private boolean begun;
    /** Whether the table is applied as soon as what waits is known. */
    private boolean next;

    private long dueNanos;
    private long appliedNanos;
    private @Nullable ScheduledFuture<?> pending;
    private volatile boolean closed;

    /** @param proxy the caller's, to close after this loop */
    public ServiceProxyLoop(SharedInformers informers, ServiceProxy proxy, Events events, Environment environment) {
        this(informers, proxy, HealthReports.NONE, events, environment, node -> true, () -> {});
    }

    /**
     * @param proxy the caller's, to close after this loop
     * @param health closed with this loop
     * @param local whether a node is served by this proxy, for services that stay on the node
     * @param applied is run after each table that the proxy was given
     */
    public ServiceProxyLoop(
            SharedInformers informers,
            ServiceProxy proxy,
            HealthReports health,
            Events events,
            Environment environment,
            Predicate<String> local,
            Runnable applied) {
        this.local = local;
        this.applied = applied;
        this.informers = informers;
        this.services = informers.informer(Service.TYPE);
        this.slices = informers.informer(EndpointSlice.TYPE);
        this.proxy = proxy;
        this.health = health;
        this.events = events;
        this.environment = environment;
        this.loop = new SerialExecutor(environment.executor());
        this.onService = (@Nullable Service before, @Nullable Service after) -> {
            Service either = after == null ? before : after;
            if (either != null) {
                changed(ObjectKey.of(either));
            }
        };
        this.onSlice = (@Nullable EndpointSlice before, @Nullable EndpointSlice after) -> {
            sliceChanged(before);
            sliceChanged(after);
        };
    }

    /** Begins as soon as services and slices are known. To be called once. */
    public void start() {
        slices.index(new Index<>(BY_SERVICE, slice -> List.of(serviceOf(slice).toString())));
        services.addHandler(onService);
        slices.addHandler(onSlice);
        informers.whenSynced(
                List.of(Service.TYPE, EndpointSlice.TYPE),
                () -> loop.execute(() -> {
                    begun = true;
                    schedule(Duration.ZERO);
                }));
    }

    /** Follows no change any more; the proxy goes on with what it has until it is closed itself. Idempotent. */
    @Override
    public void close() {
        closed = true;
        services.removeHandler(onService);
        slices.removeHandler(onSlice);
        loop.execute(() -> {
            cancel();
            health.close();
        });
    }

    private void sliceChanged(@Nullable EndpointSlice slice) {
        if (slice != null && !serviceOf(slice).name().isEmpty()) {
            changed(serviceOf(slice));
        }
    }

    private static ObjectKey serviceOf(EndpointSlice slice) {
        String name = slice.metadata().labels().getOrDefault(ServiceTableBuilder.SERVICE_NAME, "");
        return new ObjectKey(slice.metadata().namespace(), name);
    }

    private void changed(ObjectKey service) {
        loop.execute(() -> {
            dirty.add(service);
            // One that comes alone is followed at once; the next ones wait for those that come with them.
            long since = environment.nanoTime().getAsLong() - appliedNanos;
            schedule(since > TOGETHER.toNanos() ? Duration.ZERO : TOGETHER);
        });
    }

    /** The earlier of this and what is scheduled already. */
    private void schedule(Duration delay) {
        long due = environment.nanoTime().getAsLong() + delay.toNanos();
        if (!begun || closed || next || (pending != null && dueNanos - due <= 0)) {
            return;
        }
        cancel();
        if (delay.isZero()) {
            next = true;
            loop.execute(this::apply);
            return;
        }
        dueNanos = due;
        pending = environment.timers().schedule(() -> loop.execute(this::apply), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    private void apply() {
        next = false;
        cancel();
        if (closed) {
            return;
        }
        dirty.forEach(this::refresh);
        dirty.clear();
        List<ServicePort> ports = new ArrayList<>();
        table.values().forEach(ports::addAll);
        ProxyReport report;
        List<Problem> problems;
        try {
            report = proxy.apply(new ServiceTable(ports));
            problems = new ArrayList<>(report.problems());
            problems.addAll(health.serve(checks.values()));
            applied.run();
        } catch (RuntimeException e) {
            LOG.error("the {} proxy could not take the table, again in {}", proxy.name(), AGAIN, e);
            schedule(AGAIN);
            return;
        }
        appliedNanos = environment.nanoTime().getAsLong();
        problems.stream().filter(problem -> !known.contains(problem)).forEach(this::tell);
        known = Set.copyOf(problems);
        if (!problems.isEmpty() || report.again()) {
            schedule(AGAIN);
        }
    }

    private void refresh(ObjectKey key) {
        List<EndpointSlice> of = slices.byIndex(BY_SERVICE, key.toString());
        Optional<Service> known = services.get(key);
        List<ServicePort> ports =
                known.map(service -> ServiceTableBuilder.of(service, of, local)).orElseGet(List::of);
        checks.remove(key);
        known.flatMap(service -> HealthCheck.of(service, ServiceTableBuilder.ready(of, local)))
                .ifPresent(check -> checks.put(key, check));
        if (ports.isEmpty()) {
            table.remove(key);
        } else {
            table.put(key, ports);
        }
    }

    private void tell(Problem problem) {
        services.get(new ObjectKey(problem.namespace(), problem.service()))
                .ifPresent(service -> events.warning(service, problem.reason(), problem.message()));
    }
}
