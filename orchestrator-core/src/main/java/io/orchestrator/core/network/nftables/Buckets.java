package io.orchestrator.core.network.nftables;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one front for datagrams, by a number that comes of their address and port. Each bucket of them has an endpoint, and a zone
 * of the kernel's table of connections, in which the kernel remembers where it led them. A bucket that gets another zone is
 * forgotten at once. Immutable.
 *
 * @param all as many as there are, or none yet
 */
record Buckets(List<Bucket> all) {
    /** More endpoints than this cannot have one each. */
    static final int COUNT = 64;

    static final Buckets NONE = new Buckets(List.of());

    /**
     * One of them.
     *
     * @param endpoint of clients that are new
     * @param led where clients of this zone may be led to, those that came before included
     */
    record Bucket(Endpoint endpoint, Set<Endpoint> led, int zone) {
        Bucket {
            led = Set.copyOf(led);
        }
    }

    Buckets {
        all = List.copyOf(all);
    }

    List<Endpoint> endpoints() {
        return all.stream().map(Bucket::endpoint).toList();
    }

    List<Integer> zones() {
        return all.stream().map(Bucket::zone).toList();
    }

    /**
     * The same clients, led to these endpoints. Who is led to one that stays, or that is leaving, goes on being led there, also where the
     * bucket has another for new clients by now; the others are forgotten.
     *
     * @param zones gives one that was not used lately
     */
    Buckets become(Lead lead, IntSupplier zones) {
        Set<Endpoint> standing = new HashSet<>(lead.endpoints());
        standing.addAll(lead.leaving());
        List<Endpoint> spread = spread(lead.endpoints().stream().distinct().toList());
        List<Bucket> next = new ArrayList<>();
        int fresh = zones.getAsInt();
        for (int i = 0; i < COUNT; i++) {
            Bucket before = all.isEmpty() ? null : all.get(i);
            next.add(next(before, spread.get(i), standing, fresh));
        }
        return new Buckets(next);
    }

    private static Bucket next(@Nullable Bucket before, Endpoint endpoint, Set<Endpoint> standing, int fresh) {
        if (before == null || !standing.containsAll(before.led)) {
            return new Bucket(endpoint, Set.of(endpoint), fresh);
        }
        Set<Endpoint> led = new HashSet<>(before.led);
        led.add(endpoint);
        return new Bucket(endpoint, led, before.zone);
    }

    /** As many buckets for each as for any other, but one; and as few as can be change hands. */
    private List<Endpoint> spread(List<Endpoint> endpoints) {
        int each = COUNT / endpoints.size();
        int more = COUNT % endpoints.size();
        Map<Endpoint, Integer> counts = new HashMap<>();
        endpoints.forEach(endpoint -> counts.put(endpoint, 0));
        List<@Nullable Endpoint> spread = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Endpoint before = all.isEmpty() ? null : all.get(i).endpoint();
            int count = before == null ? COUNT : counts.getOrDefault(before, COUNT);
            if (before != null && (count < each || count == each && more > 0)) {
                more -= count == each ? 1 : 0;
                counts.put(before, count + 1);
                spread.add(before);
            } else {
                spread.add(null);
            }
        }
        List<Endpoint> waiting = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            for (int i = counts.getOrDefault(endpoint, 0); i < each; i++) {
                waiting.add(endpoint);
            }
        }
        for (Endpoint endpoint : endpoints) {
            if (more > 0 && counts.getOrDefault(endpoint, 0) <= each) {
                waiting.add(endpoint);
                more--;
            }
        }
        int taken = 0;
        List<Endpoint> whole = new ArrayList<>();
        for (Endpoint kept : spread) {
            whole.add(kept == null ? waiting.get(taken++) : kept);
        }
        return whole;
    }
}
