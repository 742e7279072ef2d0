package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The printer of each kind. Kinds that have none show name and age. */
public final class Printers {
    private final Map<ResourceType<?>, RowPrinter<?>> printers = new HashMap<>();
    private final Supplier<Catalog> catalog;

    /** @param catalog asked for the columns of kinds that are not known here */
    public Printers(Supplier<Catalog> catalog) {
        this.catalog = catalog;
        put(Pod.TYPE, PodRows.printer());
        put(PodTemplate.TYPE, WorkloadRows.podTemplates());
        put(ReplicationController.TYPE, WorkloadRows.replicationControllers());
        put(ReplicaSet.TYPE, WorkloadRows.replicaSets());
        put(Deployment.TYPE, WorkloadRows.deployments());
        put(StatefulSet.TYPE, SetRows.statefulSets());
        put(DaemonSet.TYPE, SetRows.daemonSets());
        put(CustomResourceDefinition.TYPE, ClusterRows.definitions());
        put(ControllerRevision.TYPE, SetRows.controllerRevisions());
        put(Job.TYPE, BatchRows.jobs());
        put(CronJob.TYPE, BatchRows.cronJobs());
        put(Service.TYPE, ServiceRows.services());
        put(Endpoints.TYPE, ServiceRows.endpoints());
        put(EndpointSlice.TYPE, ServiceRows.endpointSlices());
        put(Node.TYPE, ClusterRows.nodes());
        put(Namespace.TYPE, ClusterRows.namespaces());
        put(ConfigMap.TYPE, ClusterRows.configMaps());
        put(Secret.TYPE, ClusterRows.secrets());
        put(ServiceAccount.TYPE, ClusterRows.serviceAccounts());
        put(Lease.TYPE, ClusterRows.leases());
        put(Event.TYPE, EventRows.printer());
    }

    private <T extends Resource> void put(ResourceType<T> type, RowPrinter<T> printer) {
        printers.put(type, printer);
    }

    /** The printer for objects of this kind. */
    @SuppressWarnings("unchecked") // put() and the catalog pair each type with what has the same parameter
    public <T extends Resource> RowPrinter<T> of(ResourceType<T> type) {
        RowPrinter<?> known = printers.get(type);
        if (known != null) {
            return (RowPrinter<T>) known;
        }
        return catalog.get()
                .stored(type)
                .map(strategy -> (ResourceStrategy<T>) strategy)
                .filter(strategy -> !strategy.columns().isEmpty())
                .map(strategy -> RowPrinter.of(strategy.columns()))
                .orElseGet(() -> (RowPrinter<T>) RowPrinter.plain());
    }
}
