package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseBuilder;
import io.orchestrator.api.model.coordination.LeaseSpecBuilder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.address.AddressText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which API servers serve one store: each renews a lease of its own, and counts those of others that it sees renewed. How long ago
 * that was, it measures by its own monotonic clock, so that clocks which differ between machines mislead nobody. A lease that was
 * not renewed for its duration is taken away by whoever finds it so, unless its holder renews it at that very moment.
 *
 * <p>A lease whose holder is no address of a server, or whose name is not made of that address, is none of these and stays as
 * it is. Whoever may create leases in {@code kube-system} can have clients in pods sent to any address that way: that right
 * is for the cluster's own components.
 *
 * <p><b>Threads.</b> Confined to its service, which calls it under its monitor.
 */
final class ApiServerLeases {
    /** Two renewals may be missed before it is over. */
    static final Duration LASTS = Duration.ofSeconds(25);

    private static final String NAMESPACE = "kube-system";
    private static final String IDENTITY = "apiserver.kubernetes.io/identity";
    private static final String KUBE_APISERVER = "kube-apiserver";
    private static final int LAST_PORT = 65_535;

    /** When a lease was last seen to have changed. */
    private record Seen(@Nullable MicroTime renewed, long atNanos) {}

    private final URI url;
    private final String name;
    private final ResourceClient<Lease> leases;
    private final Environment environment;
    private final Map<String, Seen> seen = new HashMap<>();

    /** @param url where this server answers */
    ApiServerLeases(URI url, Client client, Environment environment) {
        this.url = url;
        this.name = nameOf(url);
        this.leases = client.as("apiserver").inNamespace(NAMESPACE).resources(Lease.TYPE);
        this.environment = environment;
    }

    /** Renews its own lease. Returns where all servers answer that are alive, this one among them, always in the same order. */
    List<URI> renew() {
        MicroTime now = MicroTime.of(environment.clock().instant());
        Optional<Lease> own = leases.find(name);
        if (own.isEmpty()) {
            leases.create(LeaseBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder(ObjectMeta.named(NAMESPACE, name))
                            .labels(Map.of(IDENTITY, KUBE_APISERVER))
                            .build())
                    .spec(LeaseSpecBuilder.builder()
                            .holderIdentity(url.toString())
                            .leaseDurationSeconds((int) LASTS.toSeconds())
                            .renewTime(now)
                            .build())
                    .build());
        } else {
            leases.edit(
                    name,
                    lease -> lease.withSpec(LeaseSpecBuilder.builder(lease.spec())
                            .holderIdentity(url.toString())
                            .renewTime(now)
                            .build()));
        }
        // Whoever renews is alive, whatever became of its lease since.
        return Stream.concat(Stream.of(url), others()).sorted().distinct().toList();
    }

    /** This server answers no more. Returns where those answer that are left. */
    List<URI> end() {
        leases.find(name)
                .ifPresent(own -> remove(
                        own, DeleteOptions.defaults().onlyUid(own.metadata().uid())));
        return others().sorted().distinct().toList();
    }

    private Stream<URI> others() {
        List<URI> alive = new ArrayList<>();
        ListOptions servers = ListOptions.all().labels(IDENTITY + "=" + KUBE_APISERVER);
        for (Lease lease : leases.list(servers).items()) {
            if (!lease.metadata().name().equals(name)) {
                address(lease).filter(there -> isAlive(lease) || !isOver(lease)).ifPresent(alive::add);
            }
        }
        return alive.stream();
    }

    /** Where the holder answers; empty for a lease that no such server made. */
    private static Optional<URI> address(Lease lease) {
        try {
            URI there = new URI(Objects.requireNonNullElse(lease.spec().holderIdentity(), ""));
            boolean reachable = "https".equals(there.getScheme())
                    && there.getHost() != null
                    && isAddress(there.getHost().replaceAll("[\\[\\]]", ""))
                    && there.getPort() > 0
                    && there.getPort() <= LAST_PORT;
            return reachable && lease.metadata().name().equals(nameOf(there)) ? Optional.of(there) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String host) {
        return AddressText.isIpv4(host) || AddressText.isIpv6(host);
    }

    private static String nameOf(URI url) {
        return "apiserver-" + url.getAuthority().replaceAll("[^a-z0-9.]+", "-");
    }

    private boolean isAlive(Lease lease) {
        String uid = lease.metadata().uid();
        long now = environment.nanoTime().getAsLong();
        Seen last = seen.get(uid);
        if (last == null || !Objects.equals(last.renewed(), lease.spec().renewTime())) {
            last = new Seen(lease.spec().renewTime(), now);
            seen.put(uid, last);
        }
        return now - last.atNanos() < LASTS.toNanos();
    }

    /** Takes the lease away as it was seen. False where its holder renewed it meanwhile. */
    private boolean isOver(Lease lease) {
        return remove(
                lease,
                DeleteOptions.defaults()
                        .onlyUid(lease.metadata().uid())
                        .onlyVersion(lease.metadata().resourceVersion()));
    }

    private boolean remove(Lease lease, DeleteOptions options) {
        try {
            leases.delete(lease.metadata().name(), options);
        } catch (ApiException e) {
            if (e.isConflict()) {
                return false;
            }
            if (!e.isNotFound()) {
                throw e;
            }
        }
        seen.remove(lease.metadata().uid());
        return true;
    }
}
