package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the pods of a cluster with its bridge, where the engine runs on this machine and we may: as a CNI plugin does it, in a few milliseconds, while an
 * engine starts two programs for each network and sets up one after the other. What it cannot do, or not here, is left to the engine: a pod
 * with host ports, an engine elsewhere or one without root. When the first pod cannot be connected, the engine is asked to do it from
 * then on.
 *
 * <p>The network is the engine's own, with its bridge, subnet and rules, so pods of either kind reach one another. Blocking; thread-safe.
 */
final class PodBridge {
    private static final Logger LOG = LoggerFactory.getLogger(PodBridge.class);
    private static final Path PROC = Path.of("/proc");

    private final DockerClient docker;
    private final ClusterNetwork network;
    private final Executor executor;
    private final BridgeRecords records;
    private final BooleanSupplier allowed;
    private volatile boolean givenUp;
    private volatile boolean proven;

    /**
     * @param records where leases and files lie
     * @param allowed whether this machine and the engine are such that it can be tried; asked before the first pod
     */
    PodBridge(
            DockerClient docker,
            ClusterNetwork network,
            Executor executor,
            BridgeRecords records,
            BooleanSupplier allowed) {
        this.docker = docker;
        this.network = network;
        this.executor = executor;
        this.records = records;
        this.allowed = allowed;
    }

    /**
     * A place on the bridge.
     *
     * @param network the engine's id of it
     */
    record Place(String network, String address) {}

    /**
     * A place for a pod that is to be made, with its files.
     *
     * @return empty where the engine is to connect the pod
     */
    Optional<Place> reserve(SandboxSpec spec, String sandbox) {
        if (givenUp || !spec.portMappings().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> resolver = resolver(spec.dns());
        if (resolver.isEmpty()) {
            return Optional.empty();
        }
        ClusterNetwork.Standing standing = network.ensure();
        Optional<AddressRange> range = AddressRange.of(standing.subnet());
        if (range.isEmpty() || standing.gateway().isEmpty() || range.get().has(standing.gateway())) {
            return Optional.empty();
        }
        if (!proven && !(standing.isHere() && allowed.getAsBoolean())) {
            givenUp = true;
            return Optional.empty();
        }
        try {
            if (!proven) {
                records.sweep(standing.id(), this::present);
            }
            hold(standing);
            Optional<String> address = records.leases(standing.id()).lease(sandbox, range.get());
            if (address.isEmpty()) {
                return Optional.empty();
            }
            records.files(standing.id()).write(sandbox, spec, address.get(), resolver.get());
            return Optional.of(new Place(standing.id(), address.get()));
        } catch (IOException e) {
            giveUp("nothing can be written down of them", e);
            return Optional.empty();
        }
    }

    /** Where nothing of the cluster's is to be asked, what the machine asks. */
    private static Optional<String> resolver(SandboxSpec.DnsSetup dns) {
        String own = SandboxResolver.text(dns);
        return dns.servers().isEmpty() ? HostResolver.text().map(machines -> machines + own) : Optional.of(own);
    }

    private void hold(ClusterNetwork.Standing standing) {
        try {
            executor.execute(() -> keep(standing));
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is free to hold the network {}; the next pod has it tried again", standing.name());
        }
    }

    private void keep(ClusterNetwork.Standing standing) {
        try {
            network.hold(standing.id());
        } catch (RuntimeException e) {
            // Whatever it is, pods run without it, and the next one tries again.
            if (Thread.currentThread().isInterrupted()) {
                LOG.debug("closed while the network {} was about to be held", standing.name(), e);
            } else {
                LOG.warn("nothing holds the network {} yet: {}", standing.name(), e.toString());
            }
        }
    }

    private Set<String> present() {
        Set<String> names = new HashSet<>();
        for (Container each : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OwnerLabels.ADDRESS))
                .exec()) {
            for (String name : each.getNames()) {
                names.add(name.substring(name.lastIndexOf('/') + 1));
            }
        }
        return names;
    }

    /**
     * Whether a place is still a sandbox's. Whoever takes the records away, or keeps a program from them for minutes, has the address given to another one.
     */
    boolean holds(Place place, String sandbox) {
        try {
            return records.leases(place.network()).isHeldBy(place.address(), sandbox);
        } catch (IOException e) {
            LOG.debug("nothing is known of {}", place, e);
            return false;
        }
    }

    /**
     * Connects a sandbox that was made for this place, unless it is connected.
     *
     * @param name of the sandbox
     * @return false where the engine is to do it from now on, and the sandbox is to be made anew
     * @throws RuntimeFailure when it could not be connected, though others could
     */
    boolean connect(InspectContainerResponse sandbox, String name, Place place) {
        ClusterNetwork.Standing standing = network.standing(place.network());
        try {
            AddressLeases leases = records.leases(place.network());
            if (!leases.isEnforced(place.address(), runOf(sandbox))) {
                connect(sandbox, place, standing);
                leases.enforced(place.address(), runOf(sandbox));
            }
            if (!proven && !seesFiles(sandbox, records.files(place.network()).folder(name))) {
                giveUp("its containers would not see what is written for them", null);
                return false;
            }
            proven = true;
            return true;
        } catch (IOException e) {
            if (!proven) {
                giveUp("the first one could not be connected", e);
                return false;
            }
            throw new RuntimeFailure(
                    Kind.CANNOT_START, "the sandbox was not connected with its network: " + e.getMessage(), e);
        }
    }

    /** This program, or the engine, may be in a container that has other files at the same place. */
    private static boolean seesFiles(InspectContainerResponse sandbox, Path folder) {
        Long pid = sandbox.getState().getPidLong();
        return pid != null && EngineMounts.sees(sandbox.getId(), pid, folder, PROC);
    }

    private static AddressLeases.Run runOf(InspectContainerResponse sandbox) {
        return new AddressLeases.Run(
                sandbox.getId(), String.valueOf(sandbox.getState().getStartedAt()));
    }

    private static void connect(InspectContainerResponse sandbox, Place place, ClusterNetwork.Standing standing)
            throws IOException {
        Long pid = sandbox.getState().getPidLong();
        Optional<AddressRange> range = AddressRange.of(standing.subnet());
        if (pid == null || pid == 0 || range.isEmpty()) {
            throw new RuntimeFailure(Kind.CANNOT_START, "the sandbox ended before it was connected", null);
        }
        VethPair.connect(
                standing.bridge(),
                standing.gateway(),
                pid,
                sandbox.getId(),
                place.address(),
                range.get().prefix(),
                standing.mtu());
    }

    private void giveUp(String why, @Nullable IOException cause) {
        givenUp = true;
        LOG.warn(
                "the engine connects the pods of {}: {}{}",
                network.name(),
                why,
                cause == null ? "" : ": " + cause.getMessage());
    }

    /** Whether a sandbox is connected; one that somebody else has started anew is not. */
    boolean isConnected(Place place, InspectContainerResponse sandbox) {
        try {
            return records.leases(place.network()).isEnforced(place.address(), runOf(sandbox));
        } catch (IOException e) {
            LOG.debug("nothing is known of {}", place, e);
            return false;
        }
    }

    /** The container is gone, whoever removed it. */
    void gone(Place place, String sandbox, String container) {
        try {
            records.release(place.network(), place.address(), container, sandbox);
        } catch (IOException e) {
            LOG.warn("the address {} is given back later: {}", place.address(), e.toString());
        }
    }

    /** The sandbox was removed. */
    void release(String sandbox) {
        records.release(sandbox);
    }
}
