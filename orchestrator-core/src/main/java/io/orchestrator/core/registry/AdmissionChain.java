package io.orchestrator.core.registry;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.quota.QuotaLedger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of admission in their order. Thread-safe. */
final class AdmissionChain {
    private final List<Admission> steps;
    private final Admission.Lookup lookup;
    private final QuotaLedger quotas;

    AdmissionChain(List<Admission> steps, Admission.Lookup lookup, QuotaLedger quotas) {
        this.steps = List.copyOf(steps);
        this.lookup = lookup;
        this.quotas = quotas;
    }

    /** The last thing before a write: takes what it costs from the quotas of its namespace. Refuses what they do not allow. */
    <T extends Resource> QuotaLedger.Charge charge(
            Admission.Operation operation,
            ObjectRef<T> ref,
            T object,
            @Nullable T current,
            boolean dryRun,
            Caller caller) {
        return quotas.charge(request(operation, ref, "", object, current, null, dryRun, caller));
    }

    /** Gives back what a write made cheaper. @param after null when nothing is left */
    <T extends Resource> void credit(ObjectRef<T> ref, T before, @Nullable T after) {
        quotas.credit(ref.strategy().type(), before, after);
    }

    <T extends Resource> T mutate(
            Admission.Operation operation,
            ObjectRef<T> ref,
            String subresource,
            T object,
            @Nullable T current,
            boolean dryRun,
            Caller caller) {
        T result = object;
        for (Admission step : steps) {
            result = step.mutate(
                    request(operation, ref, subresource, result, current, null, dryRun, caller), result, lookup);
        }
        return result;
    }

    <T extends Resource> void check(
            Admission.Operation operation,
            ObjectRef<T> ref,
            String subresource,
            @Nullable T object,
            @Nullable T current,
            @Nullable DeleteOptions deletion,
            boolean dryRun,
            Caller caller) {
        Admission.Request<T> request = request(operation, ref, subresource, object, current, deletion, dryRun, caller);
        for (Admission step : steps) {
            step.check(request, lookup);
        }
    }

    private static <T extends Resource> Admission.Request<T> request(
            Admission.Operation operation,
            ObjectRef<T> ref,
            String subresource,
            @Nullable T object,
            @Nullable T current,
            @Nullable DeleteOptions deletion,
            boolean dryRun,
            Caller caller) {
        return new Admission.Request<>(
                operation,
                ref.strategy().type(),
                ref.namespace(),
                ref.name(),
                subresource,
                object,
                current,
                deletion,
                dryRun,
                caller);
    }
}
