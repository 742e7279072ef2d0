package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceStatus;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.registry.Allocation;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.ServiceDefaults;
import io.orchestrator.core.registry.validation.EndpointsValidation;
import io.orchestrator.core.registry.validation.ServiceUpdateValidation;
import io.orchestrator.core.registry.validation.ServiceValidation;
import java.util.List;

/** Services and what stands behind them. */
final class ServiceKinds {
    private ServiceKinds() {}

    static List<ResourceStrategy<?>> all(Allocation<Service> addresses) {
        return List.of(service(addresses), endpoints(), endpointSlice());
    }

    private static ResourceStrategy<Service> service(Allocation<Service> addresses) {
        return ResourceStrategy.of(Service.TYPE)
                .names(Names::dns1035Label)
                .defaults(ServiceDefaults::of)
                .prepareCreate(service -> service.withStatus(ServiceStatus.EMPTY))
                .prepareUpdate(ServiceUpdates::kept)
                .allocation(addresses)
                .validation(ServiceValidation::service)
                .updateValidation(ServiceUpdateValidation::service)
                .status((service, source) -> service.withStatus(source.status()))
                .field("spec.clusterIP", service -> service.spec().clusterIP())
                .field("spec.type", service -> service.spec().type())
                .createOnUpdate()
                .build();
    }

    private static ResourceStrategy<Endpoints> endpoints() {
        return ResourceStrategy.of(Endpoints.TYPE)
                .defaults(ServiceDefaults::of)
                .validation(EndpointsValidation::endpoints)
                .createOnUpdate()
                .build();
    }

    private static ResourceStrategy<EndpointSlice> endpointSlice() {
        return ResourceStrategy.of(EndpointSlice.TYPE)
                .defaults(ServiceDefaults::of)
                .validation(EndpointsValidation::slice)
                .updateValidation(EndpointsValidation::sliceUpdate)
                .generationOf(slice -> List.of(slice.addressType(), slice.endpoints(), slice.ports()))
                .build();
    }
}
