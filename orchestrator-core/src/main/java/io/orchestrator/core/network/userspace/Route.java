package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.address.Cidr;
import io.orchestrator.core.network.address.ThisMachine;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections of one service port go: to ready endpoints in turn, or to the idlest, or, with affinity, where the same client's went
 * before. Thread-safe; shared by all addresses of the service port, and kept while its endpoints change.
 */
final class Route {
    /** After so many new clients, those that have not come back are forgotten. */
    private static final int SWEEP_EVERY = 1024;

    private record Sticky(Endpoint endpoint, long lastNanos) {}

    private final LongSupplier nanoTime;
    private final Admission admission;
    private final Balancing balancing;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger arrivals = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Sticky> clients = new ConcurrentHashMap<>();
    /** Of those that have any. */
    private final ConcurrentMap<Endpoint, Integer> connections = new ConcurrentHashMap<>();

    private volatile ServicePort port;
    private volatile List<Cidr> ranges;

    Route(ServicePort port, LongSupplier nanoTime, Admission admission, Balancing balancing) {
        this.port = port;
        this.ranges = ranges(port);
        this.nanoTime = nanoTime;
        this.admission = admission;
        this.balancing = balancing;
    }

    /** Later choices follow these endpoints. Returns whether anything is different now. */
    boolean become(ServicePort next) {
        boolean changed = !next.equals(port);
        this.port = next;
        this.ranges = ranges(next);
        if (next.affinity() == null) {
            clients.clear();
        }
        return changed;
    }

    private static List<Cidr> ranges(ServicePort port) {
        return port.sourceRanges().stream()
                .flatMap(range -> Cidr.parse(range).stream())
                .toList();
    }

    /** A node is served by its own load balancers, whatever their ranges. */
    private boolean serves(InetAddress client) {
        return port.sourceRanges().isEmpty()
                || ranges.stream().anyMatch(range -> range.contains(client.getHostAddress()))
                || ThisMachine.has(client);
    }

    /** A connection to the endpoint begins. */
    void begun(Endpoint endpoint) {
        if (balancing == Balancing.LEAST_CONNECTIONS) {
            connections.merge(endpoint, 1, Integer::sum);
        }
    }

    /** It has ended, or was not to be had. */
    void ended(Endpoint endpoint) {
        connections.computeIfPresent(endpoint, (same, count) -> count == 1 ? null : count - 1);
    }

    boolean hasEndpoints() {
        return !candidates(port).isEmpty();
    }

    /** Whether a connection to this endpoint may go on. */
    boolean serves(Endpoint endpoint) {
        ServicePort now = port;
        return now.endpoints().contains(endpoint) || now.draining().contains(endpoint);
    }

    /** The endpoint for a client's next connection, other than those tried before; null when none is left that it may have. */
    @Nullable
    Endpoint choose(InetAddress client, Set<Endpoint> tried) {
        if (!serves(client)) {
            return null;
        }
        ServicePort now = port;
        List<Endpoint> candidates = candidates(now);
        Predicate<Endpoint> open =
                endpoint -> !tried.contains(endpoint) && admission.admits(client, endpoint, now.protocol());
        Duration affinity = now.affinity();
        if (affinity == null) {
            return next(candidates, open);
        }
        long nanos = nanoTime.getAsLong();
        Sticky sticky = clients.get(client);
        if (sticky != null
                && nanos - sticky.lastNanos < affinity.toNanos()
                && candidates.contains(sticky.endpoint)
                && open.test(sticky.endpoint)) {
            clients.put(client, new Sticky(sticky.endpoint, nanos));
            return sticky.endpoint;
        }
        Endpoint chosen = next(candidates, open);
        if (chosen != null) {
            clients.put(client, new Sticky(chosen, nanos));
            if (arrivals.incrementAndGet() % SWEEP_EVERY == 0) {
                clients.values().removeIf(each -> nanos - each.lastNanos >= affinity.toNanos());
            }
        }
        return chosen;
    }

    private @Nullable Endpoint next(List<Endpoint> candidates, Predicate<Endpoint> open) {
        int count = candidates.size();
        if (balancing == Balancing.LEAST_CONNECTIONS) {
            return idlest(candidates, open);
        }
        for (int i = 0; i < count; i++) {
            Endpoint endpoint = candidates.get(Math.floorMod(turn.getAndIncrement(), count));
            if (open.test(endpoint)) {
                return endpoint;
            }
        }
        // Others took turns in between; look at each once.
        for (Endpoint endpoint : candidates) {
            if (open.test(endpoint)) {
                return endpoint;
            }
        }
        return null;
    }

    /** Of those with as few connections as any, in turn. */
    private @Nullable Endpoint idlest(List<Endpoint> candidates, Predicate<Endpoint> open) {
        int from = Math.floorMod(turn.getAndIncrement(), Math.max(1, candidates.size()));
        Endpoint best = null;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < candidates.size(); i++) {
            Endpoint endpoint = candidates.get((from + i) % candidates.size());
            int busy = connections.getOrDefault(endpoint, 0);
            if (busy < least && open.test(endpoint)) {
                best = endpoint;
                least = busy;
            }
        }
        return best;
    }

    /** Endpoints that end are better than none. */
    private static List<Endpoint> candidates(ServicePort port) {
        return port.endpoints().isEmpty() ? port.draining() : port.endpoints();
    }
}
