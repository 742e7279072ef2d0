package io.orchestrator.testkit.simulation;

import static io.orchestrator.testkit.simulation.FaultStory.between;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.LoadBalancerIngressBuilder;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountBuilder;
import io.orchestrator.api.model.core.ServiceType;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyBuilder;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import io.orchestrator.api.model.rbac.AggregationRule;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBuilder;
import io.orchestrator.api.model.rbac.PolicyRuleBuilder;
import io.orchestrator.core.control.accounttoken.AccountTokenReconciler;
import io.orchestrator.core.control.loadbalancer.LoadBalancerReconciler;
import io.orchestrator.core.control.networkpolicy.UnenforcedPolicies;
import io.orchestrator.core.control.podgc.PodGarbageReconciler;
import io.orchestrator.core.control.roleaggregation.RoleAggregationReconciler;
import io.orchestrator.core.control.serviceaccount.ServiceAccountReconciler;
import io.orchestrator.core.control.staledisruption.StaleDisruptionReconciler;
import io.orchestrator.core.control.tainteviction.TaintEvictionReconciler;
import io.orchestrator.spi.network.LoadBalancers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stories of the controllers that look after the cluster itself. */
final class ClusterStories {
    private static final String NODE = "node-1";

    private ClusterStories() {}

    static List<FaultStory> all() {
        return List.of(
                roles(),
                tokens(),
                loadBalancers(),
                policies(),
                taints(),
                goneNodes(),
                staleDisruptions(),
                DefinitionStory.tell(),
                PolicyStatusStory.tell(),
                CertificateStory.tell());
    }

    private static FaultStory roles() {
        return new FaultStory(
                "roles put together from others",
                (clock, catalog) -> List.of(RoleAggregationReconciler.spec()),
                cluster -> {
                    Client client = cluster.sim.client();
                    client.create(ClusterRoleBuilder.builder()
                            .metadata(named("all"))
                            .aggregationRule(new AggregationRule(List.of(LabelSelectorBuilder.builder()
                                    .matchLabels(Map.of("part", "true"))
                                    .build())))
                            .build());
                    client.create(part("a", "get"));
                    client.create(part("b", "list"));
                    between(cluster);
                    ResourceClient<ClusterRole> roles = client.resources(ClusterRole.TYPE);
                    roles.edit("a", role -> role.withRules(part("a", "watch").rules()));
                    client.create(part("c", "create"));
                    between(cluster);
                    roles.delete("b");
                    roles.edit("all", role -> role.withRules(List.of()));
                },
                client -> client.resources(ClusterRole.TYPE).get("all").rules().stream()
                        .map(rule -> rule.verbs() + " of " + rule.resources())
                        .toList()
                        .toString());
    }

    private static ClusterRole part(String name, String verb) {
        return ClusterRoleBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .labels(Map.of("part", "true"))
                        .build())
                .rules(List.of(PolicyRuleBuilder.builder()
                        .apiGroups(List.of(""))
                        .resources(List.of(name + "s"))
                        .verbs(List.of(verb))
                        .build()))
                .build();
    }

    private static FaultStory tokens() {
        return new FaultStory(
                "tokens of accounts, kept in secrets",
                (clock, catalog) -> List.of(
                        ServiceAccountReconciler.spec(),
                        AccountTokenReconciler.with(
                                (account, secret) -> account.metadata().name() + " by " + secret, "an authority")),
                cluster -> {
                    Client client = cluster.sim.client();
                    client.create(account("robot"));
                    client.create(token("first", "robot"));
                    client.create(token("nobodys", "nobody"));
                    client.create(token("defaults", "default"));
                    between(cluster);
                    client.secrets().edit("first", secret -> secret.withData(Map.of()));
                    between(cluster);
                    untilDealtWith(cluster, "first", "defaults");
                    // Another account by the same name: what the former one had goes.
                    ResourceClient<ServiceAccount> accounts = client.resources(ServiceAccount.TYPE);
                    accounts.delete("robot");
                    accounts.delete("default");
                    client.create(account("robot"));
                    between(cluster);
                    client.create(token("second", "robot"));
                },
                client -> client.secrets().list().items().stream()
                        .map(secret -> secret.metadata().name()
                                + secret.data().keySet().stream().sorted().toList())
                        .sorted()
                        .toList()
                        .toString());
    }

    /** A secret that was never filled is the next account's by that name: who deletes one sees first that it has had its tokens. */
    private static void untilDealtWith(Workloads cluster, String... secrets) {
        for (String name : secrets) {
            for (int i = 0; !isDealtWith(cluster, name); i++) {
                assertThat(i).as("tries until %s has a token or is gone", name).isLessThan(60);
                cluster.sim.advance(Duration.ofSeconds(5));
            }
        }
    }

    private static boolean isDealtWith(Workloads cluster, String secret) {
        return cluster.sim
                .client()
                .secrets()
                .find(secret)
                .map(found -> found.data().containsKey("token"))
                .orElse(true);
    }

    private static ServiceAccount account(String name) {
        return ServiceAccountBuilder.builder().metadata(named(name)).build();
    }

    private static Secret token(String name, String account) {
        return SecretBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .annotations(Map.of("kubernetes.io/service-account.name", account))
                        .build())
                .type("kubernetes.io/service-account-token")
                .build();
    }

    private static FaultStory loadBalancers() {
        return new FaultStory(
                "load balancers",
                (clock, catalog) -> List.of(LoadBalancerReconciler.spec(new Pool())),
                cluster -> {
                    Client client = cluster.sim.client();
                    List.of("a", "b", "c").forEach(name -> client.create(balanced(name)));
                    between(cluster);
                    client.services()
                            .edit(
                                    "b",
                                    service -> service.withSpec(service.spec().withType(ServiceType.CLUSTER_IP)));
                    client.services().delete("c");
                    between(cluster);
                    client.create(balanced("d"));
                },
                client -> client.services().list().items().stream()
                                .map(service -> service.metadata().name() + " "
                                        + service.metadata().finalizers() + " "
                                        + service.status()
                                                .loadBalancer()
                                                .ingress()
                                                .size())
                                .sorted()
                                .toList()
                        + " addresses "
                        + client.services().list().items().stream()
                                .flatMap(service -> service.status().loadBalancer().ingress().stream())
                                .map(LoadBalancerIngress::ip)
                                .distinct()
                                .count());
    }

    private static Service balanced(String name) {
        Service service = Service.named(name).selects("app", name).port(80).build();
        return service.withSpec(service.spec().withType(ServiceType.LOAD_BALANCER));
    }

    /** A handful of addresses, which a life of the controller learns from what is announced. */
    private static final class Pool implements LoadBalancers {
        private final Map<String, String> given = new HashMap<>();

        @Override
        public void restore(List<Service> services) {
            services.forEach(service -> service.status()
                    .loadBalancer()
                    .ingress()
                    .forEach(ingress -> given.put(service.metadata().name(), ingress.ip())));
        }

        @Override
        public List<LoadBalancerIngress> ensure(Service service) {
            String address = given.computeIfAbsent(service.metadata().name(), name -> free());
            return List.of(LoadBalancerIngressBuilder.builder().ip(address).build());
        }

        private String free() {
            for (int i = 1; ; i++) {
                String candidate = "192.0.2." + i;
                if (!given.containsValue(candidate)) {
                    return candidate;
                }
            }
        }

        @Override
        public void release(Service service) {
            given.remove(service.metadata().name());
        }
    }

    private static FaultStory policies() {
        return new FaultStory(
                "network policies that nothing enforces",
                (clock, catalog) -> List.of(UnenforcedPolicies.spec("there is no network to enforce it")),
                cluster -> {
                    Client client = cluster.sim.client();
                    List.of("a", "b", "c").forEach(name -> client.create(policy(name)));
                    between(cluster);
                    client.resources(NetworkPolicy.TYPE).delete("a");
                },
                client -> client.resources(Event.TYPE).list().items().stream()
                        // that of the one that went may not have been told in time
                        .filter(event -> !event.involvedObject().name().equals("a"))
                        .map(event -> event.involvedObject().name() + " " + event.reason() + ": " + event.message())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString());
    }

    private static NetworkPolicy policy(String name) {
        return NetworkPolicyBuilder.builder()
                .metadata(named(name))
                .spec(NetworkPolicySpecBuilder.builder()
                        .podSelector(LabelSelectorBuilder.builder().build())
                        .policyTypes(List.of("Ingress"))
                        .build())
                .build();
    }

    private static FaultStory taints() {
        return new FaultStory(
                "pods that do not bear the taints of their node",
                (clock, catalog) -> List.of(TaintEvictionReconciler.spec(() -> clock.millis() * 1_000_000)),
                cluster -> {
                    Client client = cluster.sim.client();
                    client.create(NodeBuilder.builder().metadata(named(NODE)).build());
                    client.create(tolerating("leaves", 0L));
                    client.create(tolerating("waits", 40L));
                    client.create(tolerating("waits-longer", 900L));
                    client.create(tolerating("stays", null));
                    between(cluster);
                    taint(client, true);
                    cluster.sim.advance(Duration.ofMinutes(4));
                    taint(client, false);
                },
                client -> client.pods().list().items().stream()
                        .map(pod -> pod.metadata().name())
                        .sorted()
                        .toList()
                        .toString());
    }

    private static void taint(Client client, boolean tainted) {
        client.nodes()
                .edit(
                        NODE,
                        node -> node.withSpec(NodeSpecBuilder.builder(node.spec())
                                .taints(
                                        tainted
                                                ? List.of(TaintBuilder.builder()
                                                        .key("maintenance")
                                                        .effect("NoExecute")
                                                        .build())
                                                : List.of())
                                .build()));
    }

    /** @param seconds how long it bears a taint; null for as long as it lasts */
    private static Pod tolerating(String name, @Nullable Long seconds) {
        Pod pod = Pod.named(name).container("main", "app:1").build();
        return pod.withSpec(pod.spec()
                .with(spec -> spec.nodeName(NODE)
                        .tolerations(List.of(TolerationBuilder.builder()
                                .key("maintenance")
                                .operator("Exists")
                                .effect("NoExecute")
                                .tolerationSeconds(seconds)
                                .build()))));
    }

    private static FaultStory goneNodes() {
        return new FaultStory(
                "pods of nodes that are gone",
                (clock, catalog) -> List.of(PodGarbageReconciler.spec(() -> clock.millis() * 1_000_000)),
                cluster -> {
                    Client client = cluster.sim.client();
                    for (int i = 0; i < 3; i++) {
                        client.create(NodeBuilder.builder()
                                .metadata(named("node-" + i))
                                .build());
                        for (String name : List.of("a", "b")) {
                            Pod pod = Pod.named(name + i)
                                    .container("main", "app:1")
                                    .build();
                            String node = "node-" + i;
                            client.create(pod.withSpec(pod.spec().withNodeName(node)));
                        }
                    }
                    between(cluster);
                    client.nodes().delete("node-1");
                    client.nodes().delete("node-2");
                    between(cluster);
                    // This one comes back in time.
                    client.create(
                            NodeBuilder.builder().metadata(named("node-2")).build());
                    cluster.sim.advance(Duration.ofMinutes(3));
                },
                client -> client.pods().list().items().stream()
                        .map(pod -> pod.metadata().name())
                        .sorted()
                        .toList()
                        .toString());
    }

    private static FaultStory staleDisruptions() {
        return new FaultStory(
                "disruptions that did not come",
                (clock, catalog) -> List.of(StaleDisruptionReconciler.controller()),
                cluster -> {
                    Client client = cluster.sim.client();
                    for (String name : List.of("a", "b", "c", "d")) {
                        client.create(Pod.named(name).container("main", "app:1").build());
                    }
                    between(cluster);
                    Disruptions.announce(cluster.sim, "a", "EvictionByEvictionAPI");
                    Disruptions.announce(cluster.sim, "b", "TerminationByKubelet");
                    cluster.sim.advance(Duration.ofMinutes(5));
                    Disruptions.announce(cluster.sim, "c", "PreemptionByScheduler");
                    Disruptions.announce(cluster.sim, "d", "DeletionByTaintManager");
                    cluster.sim.advance(Duration.ofMinutes(5));
                },
                client -> client.pods().list().items().stream()
                        .map(pod -> pod.metadata().name() + " " + Disruptions.announced(pod))
                        .sorted()
                        .toList()
                        .toString());
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().name(name).build();
    }
}
