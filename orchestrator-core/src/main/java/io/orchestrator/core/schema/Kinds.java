package io.orchestrator.core.schema;

import io.orchestrator.api.meta.GroupVersionKind;
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
import io.orchestrator.api.model.authentication.SelfSubjectReview;
import io.orchestrator.api.model.authentication.TokenRequest;
import io.orchestrator.api.model.authentication.TokenReview;
import io.orchestrator.api.model.authorization.LocalSubjectAccessReview;
import io.orchestrator.api.model.authorization.SelfSubjectAccessReview;
import io.orchestrator.api.model.authorization.SelfSubjectRulesReview;
import io.orchestrator.api.model.authorization.SubjectAccessReview;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Binding;
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
import io.orchestrator.api.model.policy.Eviction;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which record stands for which kind. Immutable. */
public final class Kinds {
    private static final List<ResourceType<?>> BUILT_IN = List.of(
            Namespace.TYPE,
            Node.TYPE,
            Pod.TYPE,
            PodTemplate.TYPE,
            Service.TYPE,
            Endpoints.TYPE,
            ConfigMap.TYPE,
            Secret.TYPE,
            ServiceAccount.TYPE,
            Event.TYPE,
            ComponentStatus.TYPE,
            ReplicationController.TYPE,
            Binding.TYPE,
            PersistentVolume.TYPE,
            PersistentVolumeClaim.TYPE,
            LimitRange.TYPE,
            ResourceQuota.TYPE,
            ReplicaSet.TYPE,
            Deployment.TYPE,
            StatefulSet.TYPE,
            DaemonSet.TYPE,
            ControllerRevision.TYPE,
            Job.TYPE,
            CronJob.TYPE,
            EndpointSlice.TYPE,
            Lease.TYPE,
            Scale.TYPE,
            Eviction.TYPE,
            TokenRequest.TYPE,
            Role.TYPE,
            RoleBinding.TYPE,
            ClusterRole.TYPE,
            ClusterRoleBinding.TYPE,
            Ingress.TYPE,
            IngressClass.TYPE,
            NetworkPolicy.TYPE,
            StorageClass.TYPE,
            CSIDriver.TYPE,
            CSINode.TYPE,
            CSIStorageCapacity.TYPE,
            VolumeAttachment.TYPE,
            PriorityClass.TYPE,
            RuntimeClass.TYPE,
            CertificateSigningRequest.TYPE,
            ValidatingWebhookConfiguration.TYPE,
            MutatingWebhookConfiguration.TYPE,
            CustomResourceDefinition.TYPE,
            ValidatingAdmissionPolicy.TYPE,
            ValidatingAdmissionPolicyBinding.TYPE,
            SubjectAccessReview.TYPE,
            SelfSubjectAccessReview.TYPE,
            LocalSubjectAccessReview.TYPE,
            SelfSubjectRulesReview.TYPE,
            TokenReview.TYPE,
            SelfSubjectReview.TYPE,
            PodDisruptionBudget.TYPE,
            HorizontalPodAutoscaler.TYPE,
            io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE,
            io.orchestrator.api.model.events.Event.TYPE,
            FlowSchema.TYPE,
            PriorityLevelConfiguration.TYPE,
            APIService.TYPE,
            PodMetrics.TYPE,
            NodeMetrics.TYPE);

    private final Map<GroupVersionKind, ResourceType<?>> byKind = new LinkedHashMap<>();

    private Kinds(Collection<ResourceType<?>> types) {
        types.forEach(type -> byKind.put(type.groupVersionKind(), type));
    }

    /** Every kind that the model has a record for, whether or not a server serves it. */
    public static Kinds builtIn() {
        return new Kinds(BUILT_IN);
    }

    /** These kinds and more. */
    public Kinds with(Collection<ResourceType<?>> more) {
        List<ResourceType<?>> all = new ArrayList<>(byKind.values());
        all.addAll(more);
        return new Kinds(all);
    }

    public Collection<ResourceType<?>> all() {
        return List.copyOf(byKind.values());
    }

    /** The type of this API version, such as {@code apps/v1}, and kind. */
    public Optional<ResourceType<?>> find(String apiVersion, String kind) {
        return Optional.ofNullable(byKind.get(GroupVersionKind.of(apiVersion, kind)));
    }
}
