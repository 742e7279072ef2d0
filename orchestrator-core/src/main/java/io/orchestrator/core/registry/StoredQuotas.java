package io.orchestrator.core.registry;

import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.quota.QuotaBooks;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The books of quotas, in the status of the quotas themselves. Thread-safe, no state of its own. */
record StoredQuotas(Admission.Lookup lookup, ObjectWriter writer, Supplier<Catalog> catalog) implements QuotaBooks {
    @Override
    public List<ResourceQuota> in(String namespace) {
        return lookup.list(ResourceQuota.TYPE, namespace);
    }

    @Override
    public ResourceQuota change(String namespace, String name, UnaryOperator<ResourceQuota> change) {
        ObjectRef<ResourceQuota> ref = new ObjectRef<>(catalog.get().strategy(ResourceQuota.TYPE), namespace, name);
        ObjectWriter.Result result = writer.change(ref, null, stored -> {
            ResourceQuota current = (ResourceQuota) stored.object();
            ResourceQuota changed = change.apply(current);
            return changed.equals(current) ? new ObjectWriter.Step.Keep<>() : new ObjectWriter.Step.Replace<>(changed);
        });
        return (ResourceQuota) result.object().object();
    }
}
