package io.orchestrator.core.registry.quota;

import io.orchestrator.api.model.core.ResourceQuota;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where quotas and what is used of them stand. Thread-safe. */
public interface QuotaBooks {

    /** The quotas of a namespace, maybe a moment old. */
    List<ResourceQuota> in(String namespace);

    /**
     * Changes the status of a quota as it stands now.
     *
     * @param change may run several times; its exception is the outcome
     * @throws io.orchestrator.api.client.ApiException with reason NotFound when there is none
     */
    ResourceQuota change(String namespace, String name, UnaryOperator<ResourceQuota> change);
}
