package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.registry.Allocation;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import java.util.ArrayList;
import java.util.List;

/** The kinds that every cluster serves. */
public final class BuiltInKinds {
    private BuiltInKinds() {}

    /** @param addresses where services get their cluster IPs and node ports from */
    public static Catalog catalog(Allocation<Service> addresses) {
        List<ResourceStrategy<?>> all = new ArrayList<>();
        all.addAll(ClusterKinds.all());
        all.addAll(PodKinds.all());
        all.addAll(ServiceKinds.all(addresses));
        all.addAll(WorkloadKinds.all());
        all.addAll(SetKinds.all());
        all.addAll(BatchKinds.all());
        all.addAll(AutoscalingKinds.all());
        all.addAll(PolicyKinds.all());
        all.addAll(StorageKinds.all());
        all.addAll(NetworkingKinds.all());
        all.addAll(RbacKinds.all());
        all.addAll(CertificateKinds.all());
        all.addAll(AdmissionKinds.all());
        all.addAll(FlowKinds.all());
        return Catalog.of(all).withVersions(List.of(new AutoscalingV1().version(), EventsV1.version()));
    }
}
