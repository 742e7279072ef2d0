package io.orchestrator.testkit.simulation;

import static io.orchestrator.testkit.simulation.FaultStory.between;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaBuilder;
import io.orchestrator.api.model.core.ResourceQuotaSpecBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import io.orchestrator.core.control.budget.BudgetReconciler;
import io.orchestrator.core.control.endpoints.EndpointsReconciler;
import io.orchestrator.core.control.endpointslice.EndpointSliceReconciler;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.core.control.namespace.NamespaceReconciler;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import io.orchestrator.core.control.resourcequota.ResourceQuotaReconciler;
import io.orchestrator.core.control.rootca.RootCaReconciler;
import io.orchestrator.core.control.scale.ScaleTargets;
import io.orchestrator.core.control.serviceaccount.ServiceAccountReconciler;
import io.orchestrator.core.control.ttlafterfinished.TtlAfterFinishedReconciler;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Stories of the controllers around the workloads. */
final class WorkloadStories {
    private static final String ROOT = "kube-root-ca.crt";

    private WorkloadStories() {}

    static List<FaultStory> all() {
        return List.of(
                new FaultStory(
                        "the budget of disruptions",
                        (clock, catalog) -> List.of(
                                ReplicaSetReconciler.controller(clock),
                                BudgetReconciler.controller(scalable(catalog), clock)),
                        cluster -> {
                            Client client = cluster.sim.client();
                            client.create(budget());
                            client.create(web(3));
                            between(cluster);
                            scale(client, 4);
                            between(cluster);
                            scale(client, 2);
                        },
                        client -> {
                            var status = client.resources(PodDisruptionBudget.TYPE)
                                    .get("web")
                                    .status();
                            return status.currentHealthy() + " of " + status.desiredHealthy() + " and "
                                    + status.expectedPods() + ", may go " + status.disruptionsAllowed() + ", seen "
                                    + status.observedGeneration();
                        }),
                new FaultStory(
                        "endpoints and slices",
                        (clock, catalog) -> List.of(
                                ReplicaSetReconciler.controller(clock),
                                EndpointsReconciler.spec(),
                                EndpointSliceReconciler.spec()),
                        cluster -> {
                            Client client = cluster.sim.client();
                            client.create(Service.named("web")
                                    .selects("app", "web")
                                    .port(80)
                                    .build());
                            client.create(web(2));
                            between(cluster);
                            client.create(Service.named("also")
                                    .selects("app", "web")
                                    .port(81)
                                    .build());
                            scale(client, 3);
                            between(cluster);
                            client.services().delete("also");
                            client.pods().list().items().stream()
                                    .findFirst()
                                    .ifPresent(pod ->
                                            client.pods().delete(pod.metadata().name()));
                        },
                        client -> {
                            var ready = client.pods().list().items().stream()
                                    .map(pod -> pod.status().podIP())
                                    .collect(Collectors.toCollection(TreeSet::new));
                            var old = client.resources(Endpoints.TYPE).list().items().stream()
                                    .flatMap(endpoints -> endpoints.subsets().stream())
                                    .flatMap(subset -> subset.addresses().stream())
                                    .map(address -> address.ip())
                                    .collect(Collectors.toCollection(TreeSet::new));
                            var sliced = client.resources(EndpointSlice.TYPE).list().items().stream()
                                    .flatMap(slice -> slice.endpoints().stream())
                                    .flatMap(endpoint -> endpoint.addresses().stream())
                                    .collect(Collectors.toCollection(TreeSet::new));
                            return ready.size() + " pods, endpoints " + ready.equals(old) + ", slices "
                                    + ready.equals(sliced)
                                    + " in "
                                    + client.resources(EndpointSlice.TYPE)
                                            .list()
                                            .items()
                                            .size();
                        }),
                new FaultStory(
                        "the end of a namespace",
                        (clock, catalog) -> List.of(
                                ReplicaSetReconciler.controller(clock),
                                ServiceAccountReconciler.spec(),
                                RootCaReconciler.publishing("a certificate"),
                                GarbageReconciler.over(List.of(ReplicaSet.TYPE, Pod.TYPE)),
                                NamespaceReconciler.over(catalog.resources())),
                        cluster -> {
                            cluster.sim.client().create(Namespace.named("team").build());
                            Client team = cluster.sim.client().inNamespace("team");
                            team.create(web(2));
                            team.create(ConfigMap.named("held").build().withMetadata(held("held")));
                            between(cluster);
                            cluster.sim.client().namespaces().delete("team");
                            between(cluster);
                            team.configMaps()
                                    .edit(
                                            "held",
                                            map -> map.withMetadata(ObjectMetaBuilder.builder(map.metadata())
                                                    .finalizers(List.of())
                                                    .build()));
                        },
                        client -> client.namespaces().find("team").isPresent() + " "
                                + client.pods().inAnyNamespace().list().items().size()
                                + client.configMaps()
                                        .inNamespace("team")
                                        .list()
                                        .items()
                                        .size()),
                new FaultStory(
                        "a quota",
                        (clock, catalog) -> List.of(
                                ReplicaSetReconciler.controller(clock),
                                ResourceQuotaReconciler.over(catalog::resources)),
                        cluster -> {
                            Client client = cluster.sim.client();
                            client.create(ResourceQuotaBuilder.builder()
                                    .metadata(named("bounds"))
                                    .spec(ResourceQuotaSpecBuilder.builder()
                                            .hard(Map.of("pods", Quantity.of(3), "configmaps", Quantity.of(9)))
                                            .build())
                                    .build());
                            between(cluster);
                            client.create(web(5));
                            between(cluster);
                            scale(client, 1);
                        },
                        client -> new TreeMap<>(client.resources(ResourceQuota.TYPE)
                                        .get("bounds")
                                        .status()
                                        .used()) + " "
                                + client.pods().list().items().size()),
                new FaultStory(
                        "the accounts of namespaces",
                        (clock, catalog) ->
                                List.of(ServiceAccountReconciler.spec(), RootCaReconciler.publishing("a certificate")),
                        cluster -> {
                            Client client = cluster.sim.client();
                            client.create(Namespace.named("team").build());
                            between(cluster);
                            var accounts = client.resources(ServiceAccount.TYPE).inNamespace("team");
                            accounts.find("default").ifPresent(account -> accounts.delete("default"));
                            var maps = client.configMaps().inNamespace("team");
                            maps.find(ROOT).ifPresent(map -> maps.update(map.withData(Map.of("ca.crt", "another"))));
                            between(cluster);
                            maps.find(ROOT).ifPresent(map -> maps.delete(ROOT));
                        },
                        client -> client.resources(ServiceAccount.TYPE).inAnyNamespace().list().items().stream()
                                        .map(account -> account.metadata().namespace())
                                        .sorted()
                                        .toList()
                                + " "
                                + client.configMaps().inAnyNamespace().list().items().stream()
                                        .map(map -> map.metadata().namespace() + map.data())
                                        .sorted()
                                        .toList()),
                new FaultStory(
                        "jobs that are kept for a while",
                        (clock, catalog) -> List.of(
                                JobReconciler.controller(clock),
                                TtlAfterFinishedReconciler.controller(),
                                GarbageReconciler.over(List.of(Job.TYPE, Pod.TYPE))),
                        cluster -> {
                            for (int i = 0; i < 3; i++) {
                                Integer seconds = i == 0 ? null : Integer.valueOf(i * 60);
                                cluster.sim
                                        .client()
                                        .create(Job.named("job-" + i)
                                                .container("main", "busybox:1")
                                                .spec(spec -> spec.ttlSecondsAfterFinished(seconds))
                                                .build());
                            }
                            cluster.sim.advance(Duration.ofMinutes(5));
                        },
                        client -> client.resources(Job.TYPE).list().items().stream()
                                        .map(job -> job.metadata().name() + " "
                                                + job.status().succeeded())
                                        .toList()
                                + " " + client.pods().list().items().size()));
    }

    private static void scale(Client client, int replicas) {
        client.replicaSets().edit("web", set -> set.withSpec(set.spec().withReplicas(replicas)));
    }

    private static ReplicaSet web(int replicas) {
        return ReplicaSet.named("web")
                .replicas(replicas)
                .container("web", "nginx:1")
                .build();
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().name(name).build();
    }

    private static ObjectMeta held(String name) {
        return ObjectMetaBuilder.builder()
                .name(name)
                .finalizers(List.of("acme.com/held"))
                .build();
    }

    private static PodDisruptionBudget budget() {
        return PodDisruptionBudgetBuilder.builder()
                .metadata(named("web"))
                .spec(PodDisruptionBudgetSpecBuilder.builder()
                        .selector(LabelSelectorBuilder.builder()
                                .matchLabels(Map.of("app", "web"))
                                .build())
                        .maxUnavailable(IntOrString.of("50%"))
                        .build())
                .build();
    }

    private static ScaleTargets scalable(Catalog catalog) {
        return new ScaleTargets(() -> catalog.strategies().stream()
                .filter(strategy -> strategy.subresource("scale").isPresent())
                .<ResourceType<?>>map(ResourceStrategy::type)
                .toList());
    }
}
