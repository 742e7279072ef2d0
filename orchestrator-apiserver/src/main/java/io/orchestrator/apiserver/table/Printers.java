package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiregistration.APIService;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ComponentStatus;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.metrics.NodeMetrics;
import io.orchestrator.api.model.metrics.PodMetrics;
import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.node.RuntimeClass;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.scheduling.PriorityClass;
import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSINode;
import io.orchestrator.api.model.storage.CSIStorageCapacity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.VolumeAttachment;
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
        put(HorizontalPodAutoscaler.TYPE, AutoscalerRows.autoscalers());
        put(io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE, AutoscalerRows.older());
        put(io.orchestrator.api.model.events.Event.TYPE, EventRows.newer());
        put(PodMetrics.TYPE, MetricsRows.pods());
        put(NodeMetrics.TYPE, MetricsRows.nodes());
        storage();
        policies();
        server();
    }

    private void server() {
        put(FlowSchema.TYPE, ServerRows.flowSchemas());
        put(PriorityLevelConfiguration.TYPE, ServerRows.priorityLevels());
        put(APIService.TYPE, ServerRows.apiServices());
        put(ComponentStatus.TYPE, ServerRows.componentStatuses());
    }

    private void storage() {
        put(PersistentVolume.TYPE, StorageRows.volumes());
        put(PersistentVolumeClaim.TYPE, StorageRows.claims());
        put(StorageClass.TYPE, StorageRows.classes());
        put(CSIDriver.TYPE, DriverRows.drivers());
        put(CSINode.TYPE, DriverRows.nodes());
        put(CSIStorageCapacity.TYPE, DriverRows.capacities());
        put(VolumeAttachment.TYPE, DriverRows.attachments());
    }

    private void policies() {
        put(PodDisruptionBudget.TYPE, PolicyRows.disruptionBudgets());
        put(LimitRange.TYPE, PolicyRows.limitRanges());
        put(ResourceQuota.TYPE, PolicyRows.resourceQuotas());
        put(PriorityClass.TYPE, PolicyRows.priorityClasses());
        put(RuntimeClass.TYPE, PolicyRows.runtimeClasses());
        put(Ingress.TYPE, NetworkingRows.ingresses());
        put(IngressClass.TYPE, NetworkingRows.ingressClasses());
        put(NetworkPolicy.TYPE, NetworkingRows.networkPolicies());
        put(Role.TYPE, RbacRows.roles());
        put(ClusterRole.TYPE, RbacRows.clusterRoles());
        put(RoleBinding.TYPE, RbacRows.roleBindings());
        put(ClusterRoleBinding.TYPE, RbacRows.clusterRoleBindings());
        put(CertificateSigningRequest.TYPE, AdmissionRows.signingRequests());
        put(MutatingWebhookConfiguration.TYPE, AdmissionRows.mutatingWebhooks());
        put(ValidatingWebhookConfiguration.TYPE, AdmissionRows.validatingWebhooks());
        put(ValidatingAdmissionPolicy.TYPE, AdmissionRows.policies());
        put(ValidatingAdmissionPolicyBinding.TYPE, AdmissionRows.policyBindings());
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
