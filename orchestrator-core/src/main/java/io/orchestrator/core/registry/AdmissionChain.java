package io.orchestrator.core.registry;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
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

    /**
     * What is asked for, the objects aside.
     *
     * @param kind of what is sent: the resource's own, or that of a subresource's body
     */
    record Asked<B extends Resource>(
            Admission.Operation operation,
            ObjectRef<?> ref,
            String subresource,
            ResourceType<B> kind,
            WriteOptions options,
            Caller caller) {

        /** About an object, or a part of it that is written as the object. */
        static <T extends Resource> Asked<T> of(
                Admission.Operation operation,
                ObjectRef<T> ref,
                String subresource,
                WriteOptions options,
                Caller caller) {
            return new Asked<>(operation, ref, subresource, ref.strategy().type(), options, caller);
        }

        /** What a request leads to in other kinds is in their stored form. */
        private ResourceType<?> form() {
            ResourceType<?> stored = ref.strategy().type();
            ResourceType<?> asked = caller.form();
            return asked != null && asked.plural().equals(stored.plural()) ? asked : stored;
        }

        private Admission.Request<B> request(
                @Nullable B object, @Nullable B current, @Nullable DeleteOptions deletion) {
            return new Admission.Request<>(
                    operation,
                    ref.strategy().type(),
                    form(),
                    kind,
                    ref.namespace(),
                    ref.name(),
                    subresource,
                    object,
                    current,
                    deletion,
                    options,
                    caller);
        }
    }

    /** The last thing before a write: takes what it costs from the quotas of its namespace. Refuses what they do not allow. */
    <T extends Resource> QuotaLedger.Charge charge(Asked<T> asked, T object, @Nullable T current) {
        return quotas.charge(asked.request(object, current, null));
    }

    /** Gives back what a write made cheaper. @param after null when nothing is left */
    <T extends Resource> void credit(ObjectRef<T> ref, T before, @Nullable T after) {
        quotas.credit(ref.strategy().type(), before, after);
    }

    <B extends Resource> B mutate(Asked<B> asked, B object, @Nullable B current) {
        B result = object;
        Admission.Request<B> request = asked.request(object, current, null);
        for (Admission step : steps) {
            B changed = step.mutate(request, result, lookup);
            // Most steps leave the object as it is.
            request = changed == result ? request : request.with(changed);
            result = changed;
        }
        return result;
    }

    <B extends Resource> void check(
            Asked<B> asked, @Nullable B object, @Nullable B current, @Nullable DeleteOptions deletion) {
        Admission.Request<B> request = asked.request(object, current, deletion);
        for (Admission step : steps) {
            step.check(request, lookup);
        }
    }
}
