package io.orchestrator.core.control.resourcequota;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaStatus;
import io.orchestrator.core.quota.Amounts;
import io.orchestrator.core.quota.QuotaUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Fills in the status of a quota that is new or changed. Admission keeps it up to date from then on: what it has charged may
 * not be written yet, and what is gone may not be given back yet, so what stands in the status is corrected only when two
 * counts, apart by more than any write takes, found the same and nothing was booked in between.
 */
public final class ResourceQuotaReconciler implements Reconciler {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration RESYNC = Duration.ofMinutes(5);

    /** A count that differs from the status. */
    private record Doubt(String version, Map<String, Quantity> counted) {}

    private final Supplier<List<ResourceType<?>>> types;
    private final Map<ObjectKey, Doubt> doubts = new ConcurrentHashMap<>();

    private ResourceQuotaReconciler(Supplier<List<ResourceType<?>>> types) {
        this.types = types;
    }

    /** @param types all kinds that there are, asked before each count */
    public static ControllerSpec over(Supplier<List<ResourceType<?>>> types) {
        return ControllerSpec.named("resourcequota")
                .reconciles(ResourceQuota.TYPE)
                .with(new ResourceQuotaReconciler(types));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<ResourceQuota> found = context.client()
                .inNamespace(key.namespace())
                .resources(ResourceQuota.TYPE)
                .find(key.name())
                .filter(quota -> !quota.metadata().isDeleting());
        if (found.isEmpty()) {
            doubts.remove(key);
            return Outcome.done();
        }
        ResourceQuota quota = found.get();
        ResourceQuotaStatus status = quota.status();
        Map<String, Quantity> hard = quota.spec().hard();
        boolean known = status.hard().equals(hard) && status.used().keySet().equals(hard.keySet());
        Map<String, Quantity> counted = count(quota, context.client());
        if (!known) {
            // What was booked already stays as it is: it may be ahead of what can be counted.
            Map<String, Quantity> used = new LinkedHashMap<>(counted);
            status.used().forEach((name, amount) -> used.computeIfPresent(name, (same, fresh) -> amount));
            write(quota, new ResourceQuotaStatus(hard, used), context);
            return Outcome.retryAfter(QUIET, "to be counted again");
        }
        if (Amounts.minus(counted, status.used()).isEmpty()) {
            doubts.remove(key);
            return Outcome.retryAfter(RESYNC, "to be counted again");
        }
        Doubt doubt = new Doubt(quota.metadata().resourceVersion(), counted);
        if (doubt.equals(doubts.put(key, doubt))) {
            doubts.remove(key);
            write(quota, new ResourceQuotaStatus(hard, counted), context);
            return Outcome.retryAfter(RESYNC, "to be counted again");
        }
        return Outcome.retryAfter(QUIET, "to see whether the count stays as it is");
    }

    private static void write(ResourceQuota quota, ResourceQuotaStatus status, Context context) {
        context.client()
                .inNamespace(quota.metadata().namespace())
                .resources(ResourceQuota.TYPE)
                .updateStatus(quota.withStatus(status));
    }

    private Map<String, Quantity> count(ResourceQuota quota, Client client) {
        Map<String, Quantity> sum = new LinkedHashMap<>();
        quota.spec().hard().keySet().forEach(name -> sum.put(name, Quantity.ZERO));
        Client here = client.inNamespace(quota.metadata().namespace());
        for (ResourceType<?> type : types.get()) {
            if (type.namespaced() && QuotaUsage.concerns(type, quota)) {
                count(type, quota, here).forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
            }
        }
        return sum;
    }

    private static <T extends Resource> Map<String, Quantity> count(
            ResourceType<T> type, ResourceQuota quota, Client here) {
        Map<String, Quantity> sum = new LinkedHashMap<>();
        try {
            for (T object : here.resources(type).list().items()) {
                QuotaUsage.of(type, object, quota.spec())
                        .forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
            }
        } catch (ApiException e) {
            // A kind that is served no more costs nothing.
            if (!e.isNotFound()) {
                throw e;
            }
        }
        return sum;
    }
}
