package io.orchestrator.core.embed;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.core.control.autoscale.AutoscalerReconciler;
import io.orchestrator.core.control.autoscale.AutoscalerSettings;
import io.orchestrator.core.control.autoscale.ResourceMetrics;
import io.orchestrator.core.control.budget.BudgetReconciler;
import io.orchestrator.core.control.cronjob.CronJobReconciler;
import io.orchestrator.core.control.customresource.DefinitionReconciler;
import io.orchestrator.core.control.daemonset.DaemonSetReconciler;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.endpoints.EndpointsReconciler;
import io.orchestrator.core.control.endpointslice.EndpointSliceReconciler;
import io.orchestrator.core.control.endpointslicemirroring.MirrorReconciler;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.core.control.namespace.NamespaceReconciler;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleReconciler;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.control.podgc.PodGarbageReconciler;
import io.orchestrator.core.control.policystatus.PolicyStatusReconciler;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import io.orchestrator.core.control.replication.ReplicationControllerReconciler;
import io.orchestrator.core.control.resourcequota.ResourceQuotaReconciler;
import io.orchestrator.core.control.roleaggregation.RoleAggregationReconciler;
import io.orchestrator.core.control.scale.ScaleTargets;
import io.orchestrator.core.control.serviceaccount.ServiceAccountReconciler;
import io.orchestrator.core.control.staledisruption.StaleDisruptionReconciler;
import io.orchestrator.core.control.statefulset.StatefulSetReconciler;
import io.orchestrator.core.control.tainteviction.TaintEvictionReconciler;
import io.orchestrator.core.control.ttlafterfinished.TtlAfterFinishedReconciler;
import io.orchestrator.core.control.volume.ClaimProtection;
import io.orchestrator.core.control.volume.ClaimReconciler;
import io.orchestrator.core.control.volume.VolumeProtection;
import io.orchestrator.core.control.volume.VolumeReconciler;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.storage.VolumeProvisioner;
import io.orchestrator.spi.metrics.CustomMetrics;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The controllers that every cluster runs. */
public final class BuiltInControllers {
    private BuiltInControllers() {}

    /** The same for a host that measures nothing itself. */
    public static List<ControllerSpec> of(
            Supplier<Catalog> catalog, Collection<VolumeProvisioner> provisioners, Environment environment) {
        return of(catalog, provisioners, CustomMetrics.none(), NodeLifecycleSettings.defaults(), environment);
    }

    /**
     * Their specifications, but for {@link #garbageCollector}, which is made anew when kinds come and go.
     *
     * @param catalog the kinds that there are; more may come later
     * @param provisioners who makes volumes
     * @param metrics what the host measures, for autoscalers
     * @param patience with nodes that are silent
     */
    public static List<ControllerSpec> of(
            Supplier<Catalog> catalog,
            Collection<VolumeProvisioner> provisioners,
            CustomMetrics metrics,
            NodeLifecycleSettings patience,
            Environment environment) {
        List<ResourceType<?>> all = catalog.get().resources();
        ScaleTargets scalable = new ScaleTargets(() -> catalog.get().strategies().stream()
                .filter(strategy -> strategy.subresource("scale").isPresent())
                .<ResourceType<?>>map(ResourceStrategy::type)
                .toList());
        return List.of(
                DeploymentReconciler.controller(environment.clock()),
                ReplicaSetReconciler.controller(environment.clock()),
                ReplicationControllerReconciler.controller(environment.clock()),
                StatefulSetReconciler.controller(environment.clock()),
                DaemonSetReconciler.controller(environment.clock()),
                JobReconciler.controller(environment.clock()),
                CronJobReconciler.controller(environment.clock()),
                TtlAfterFinishedReconciler.controller(),
                BudgetReconciler.controller(scalable, environment.clock()),
                StaleDisruptionReconciler.controller(),
                AutoscalerReconciler.controller(
                        scalable,
                        ResourceMetrics.ofApi(),
                        metrics,
                        AutoscalerSettings.defaults(),
                        environment.nanoTime()),
                ClaimReconciler.controller(provisioners),
                VolumeReconciler.controller(provisioners),
                ClaimProtection.controller(),
                VolumeProtection.controller(),
                EndpointsReconciler.spec(),
                EndpointSliceReconciler.spec(),
                MirrorReconciler.spec(),
                ServiceAccountReconciler.spec(),
                RoleAggregationReconciler.spec(),
                ResourceQuotaReconciler.over(() -> catalog.get().resources()),
                DefinitionReconciler.spec(),
                PolicyStatusReconciler.spec(),
                NamespaceReconciler.over(all, () -> catalog.get().resources()),
                NodeLifecycleReconciler.spec(patience, environment.nanoTime()),
                TaintEvictionReconciler.spec(environment.nanoTime()),
                PodGarbageReconciler.spec(environment.nanoTime()));
    }

    /** The garbage collector over these kinds. */
    public static ControllerSpec garbageCollector(List<ResourceType<?>> kinds) {
        return GarbageReconciler.over(kinds);
    }

    /** The kinds that may own and be owned. Events own nothing, are owned by nobody, and are many. */
    public static List<ResourceType<?>> owning(Catalog catalog) {
        return catalog.resources().stream()
                .filter(type -> !type.equals(Event.TYPE))
                .toList();
    }
}
