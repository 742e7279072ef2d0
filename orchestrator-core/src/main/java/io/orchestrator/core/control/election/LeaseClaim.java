package io.orchestrator.core.control.election;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.Fence;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseBuilder;
import io.orchestrator.api.model.coordination.LeaseSpecBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one candidate does to the lease. Every step is one or two writes that fail when somebody else was faster. Wall time is
 * only written down, for people to read. Thread-safe, no state.
 */
final class LeaseClaim {
    private final Client client;
    private final ElectionSettings settings;
    private final Clock clock;

    LeaseClaim(Client client, ElectionSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<Lease> find() {
        return leases().find(settings.name());
    }

    boolean isMine(Lease lease) {
        return settings.identity().equals(lease.spec().holderIdentity());
    }

    /** Whether nobody has it, or a former life of this candidate, which nobody need wait for. */
    boolean isFree(Lease lease) {
        return isMine(lease) || holder(lease).isEmpty();
    }

    /** How long it is respected without being renewed. */
    Duration validity(Lease lease) {
        Integer seconds = lease.spec().leaseDurationSeconds();
        return seconds == null ? settings.validity() : Duration.ofSeconds(seconds);
    }

    /**
     * Begins a term: a lease object of its own, so that what a former leader still writes, and which carries the former
     * object, is refused.
     *
     * @param former what stands there, exactly as it was seen
     * @return empty when somebody else was faster
     */
    Optional<Lease> take(@Nullable Lease former) {
        MicroTime now = MicroTime.of(clock.instant());
        Lease wanted = LeaseBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(settings.name())
                        .namespace(settings.namespace())
                        .build())
                .spec(LeaseSpecBuilder.builder()
                        .holderIdentity(settings.identity())
                        .leaseDurationSeconds((int) settings.validity().toSeconds())
                        .acquireTime(now)
                        .renewTime(now)
                        .leaseTransitions(former == null ? 0 : transitions(former) + (isMine(former) ? 0 : 1))
                        .build())
                .build();
        try {
            if (former != null) {
                leases().delete(settings.name(), exactly(former));
            }
            return Optional.of(leases().create(wanted));
        } catch (ApiException e) {
            if (e.isAlreadyExists() || e.isConflict() || e.isNotFound() && former != null) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** By what the writes of the term are fenced that this lease, just taken, begins. */
    Fence fence(Lease taken) {
        return new Fence(
                settings.namespace(),
                settings.name(),
                Long.parseLong(taken.metadata().resourceVersion()));
    }

    /** The lease after its renewal; empty when it is no longer ours. A conflict may come from a renewal whose answer was lost. */
    Optional<Lease> renew(Lease held) {
        try {
            return Optional.of(renewed(held));
        } catch (ApiException e) {
            if (!e.isConflict() && !e.isNotFound()) {
                throw e;
            }
        }
        Lease found = find().orElse(null);
        if (found == null
                || !isMine(found)
                || !found.metadata().uid().equals(held.metadata().uid())) {
            return Optional.empty();
        }
        return Optional.of(renewed(found));
    }

    private Lease renewed(Lease lease) {
        MicroTime now = MicroTime.of(clock.instant());
        return leases().update(lease.withSpec(lease.spec().withRenewTime(now)));
    }

    /** Gives it up, so that the next one need not wait. */
    void release(Lease held) {
        leases().update(held.withSpec(LeaseSpecBuilder.builder(held.spec())
                .holderIdentity("")
                .leaseDurationSeconds(1)
                .renewTime(MicroTime.of(clock.instant()))
                .build()));
    }

    static String holder(Lease lease) {
        return Objects.requireNonNullElse(lease.spec().holderIdentity(), "");
    }

    private ResourceClient<Lease> leases() {
        return client.resources(Lease.TYPE).inNamespace(settings.namespace());
    }

    private static DeleteOptions exactly(Lease lease) {
        return DeleteOptions.defaults()
                .onlyUid(lease.metadata().uid())
                .onlyVersion(lease.metadata().resourceVersion());
    }

    private static int transitions(Lease lease) {
        return Objects.requireNonNullElse(lease.spec().leaseTransitions(), 0);
    }
}
