package io.orchestrator.core.registry.server;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ComponentCondition;
import io.orchestrator.api.model.core.ComponentStatus;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.registry.Computed;
import io.orchestrator.core.registry.admission.Admission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The deprecated {@code ComponentStatus}: {@code kubectl get cs}. The store is asked. Of the scheduler and the controllers their
 * leases tell whether somebody runs them; where there is no lease, this process does for as long as it serves.
 */
public final class ComponentHealth implements Computed.Source<ComponentStatus> {
    private static final String SYSTEM = "kube-system";
    private static final String STORE = "etcd-0";
    private static final List<String> ELECTED = List.of("controller-manager", "scheduler");

    private final Clock clock;

    public ComponentHealth(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<ComponentStatus> find(String namespace, String name, Admission.Lookup lookup) {
        return list(namespace, lookup).stream()
                .filter(status -> status.metadata().name().equals(name))
                .findFirst();
    }

    @Override
    public List<ComponentStatus> list(String namespace, Admission.Lookup lookup) {
        return List.of(elected(ELECTED.get(0), lookup), store(lookup), elected(ELECTED.get(1), lookup));
    }

    private static ComponentStatus store(Admission.Lookup lookup) {
        try {
            boolean there = lookup.find(Namespace.TYPE, "", "default").isPresent();
            return status(STORE, there, there ? "ok" : "", there ? "" : "the store has lost the default namespace");
        } catch (ApiException e) {
            return status(STORE, false, "", String.valueOf(e.getMessage()));
        }
    }

    private ComponentStatus elected(String component, Admission.Lookup lookup) {
        try {
            Optional<Lease> lease = lookup.find(Lease.TYPE, SYSTEM, "kube-" + component);
            boolean led = lease.map(this::isHeld).orElse(true);
            return status(component, led, led ? "ok" : "", led ? "" : "nobody has renewed its lease in time");
        } catch (ApiException e) {
            return status(component, false, "", String.valueOf(e.getMessage()));
        }
    }

    private boolean isHeld(Lease lease) {
        MicroTime renewed = lease.spec().renewTime();
        Integer seconds = lease.spec().leaseDurationSeconds();
        return renewed != null
                && seconds != null
                && clock.instant().isBefore(renewed.instant().plus(Duration.ofSeconds(seconds)));
    }

    private static ComponentStatus status(String name, boolean healthy, String message, String error) {
        ObjectMeta metadata = ObjectMetaBuilder.builder().name(name).build();
        return new ComponentStatus(
                metadata, List.of(new ComponentCondition("Healthy", healthy ? "True" : "False", message, error)));
    }
}
