package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.flowcontrol.ExemptPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.FlowDistinguisherMethod;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.FlowSchemaBuilder;
import io.orchestrator.api.model.flowcontrol.FlowSchemaSpec;
import io.orchestrator.api.model.flowcontrol.GroupSubject;
import io.orchestrator.api.model.flowcontrol.LimitResponse;
import io.orchestrator.api.model.flowcontrol.LimitedPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.NonResourcePolicyRule;
import io.orchestrator.api.model.flowcontrol.PolicyRulesWithSubjects;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfigurationBuilder;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfigurationReference;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfigurationSpec;
import io.orchestrator.api.model.flowcontrol.QueuingConfiguration;
import io.orchestrator.api.model.flowcontrol.ResourcePolicyRule;
import io.orchestrator.api.model.flowcontrol.ServiceAccountSubject;
import io.orchestrator.api.model.flowcontrol.Subject;
import io.orchestrator.api.model.flowcontrol.UserSubject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The levels and schemas that every cluster of Kubernetes begins with. */
final class SuggestedFlows {
    private static final List<String> ANY = List.of("*");
    private static final List<Subject> EVERYBODY =
            List.of(group("system:unauthenticated"), group("system:authenticated"));
    private static final List<String> HOLD_LEASE = List.of("get", "create", "update");
    private static final int QUEUE_LENGTH = 50;

    private SuggestedFlows() {}

    static List<PriorityLevelConfiguration> levels() {
        return List.of(
                level(
                        "exempt",
                        new PriorityLevelConfigurationSpec("Exempt", null, new ExemptPriorityLevelConfiguration(0, 0))),
                limited("catch-all", 5, 0, new LimitResponse("Reject", null)),
                limited("system", 30, 33, queue(64, 6)),
                limited("node-high", 40, 25, queue(64, 6)),
                limited("leader-election", 10, 0, queue(16, 4)),
                limited("workload-high", 40, 50, queue(128, 6)),
                limited("workload-low", 100, 90, queue(128, 6)),
                limited("global-default", 20, 50, queue(128, 6)));
    }

    private static PriorityLevelConfiguration limited(String name, int shares, int lendable, LimitResponse response) {
        return level(
                name,
                new PriorityLevelConfigurationSpec(
                        "Limited", new LimitedPriorityLevelConfiguration(shares, response, lendable, null), null));
    }

    private static LimitResponse queue(int queues, int hand) {
        return new LimitResponse("Queue", new QueuingConfiguration(queues, hand, QUEUE_LENGTH));
    }

    private static PriorityLevelConfiguration level(String name, PriorityLevelConfigurationSpec spec) {
        return PriorityLevelConfigurationBuilder.builder()
                .metadata(named(name))
                .spec(spec)
                .build();
    }

    static List<FlowSchema> schemas() {
        List<Subject> control = List.of(user("system:kube-controller-manager"), user("system:kube-scheduler"));
        List<Subject> accounts = List.of(account("*"));
        return List.of(
                schema("exempt", 1, "exempt", null, List.of(group("system:masters")), everything(), anyPath()),
                schema(
                        "probes",
                        2,
                        "exempt",
                        null,
                        EVERYBODY,
                        null,
                        new NonResourcePolicyRule(List.of("get"), List.of("/healthz", "/readyz", "/livez"))),
                schema(
                        "system-leader-election",
                        100,
                        "leader-election",
                        "ByUser",
                        control,
                        leases("kube-system"),
                        null),
                schema(
                        "endpoint-controller",
                        150,
                        "workload-high",
                        "ByUser",
                        List.of(
                                user("system:kube-controller-manager"),
                                account("endpoint-controller"),
                                account("endpointslicemirroring-controller")),
                        new ResourcePolicyRule(HOLD_LEASE, List.of(""), List.of("endpoints"), false, ANY),
                        null),
                schema("workload-leader-election", 200, "leader-election", "ByUser", accounts, leases("*"), null),
                nodeHigh(),
                schema(
                        "system-nodes",
                        500,
                        "system",
                        "ByUser",
                        List.of(group("system:nodes")),
                        everything(),
                        anyPath()),
                schema(
                        "kube-controller-manager",
                        800,
                        "workload-high",
                        "ByNamespace",
                        control.subList(0, 1),
                        everything(),
                        anyPath()),
                schema(
                        "kube-scheduler",
                        800,
                        "workload-high",
                        "ByNamespace",
                        control.subList(1, 2),
                        everything(),
                        anyPath()),
                schema(
                        "kube-system-service-accounts",
                        900,
                        "workload-high",
                        "ByNamespace",
                        accounts,
                        everything(),
                        anyPath()),
                schema(
                        "service-accounts",
                        9000,
                        "workload-low",
                        "ByUser",
                        List.of(group("system:serviceaccounts")),
                        everything(),
                        anyPath()),
                schema("global-default", 9900, "global-default", "ByUser", EVERYBODY, everything(), anyPath()),
                schema("catch-all", 10_000, "catch-all", "ByUser", EVERYBODY, everything(), anyPath()));
    }

    private static FlowSchema nodeHigh() {
        return schema(
                "system-node-high",
                400,
                "node-high",
                "ByUser",
                new PolicyRulesWithSubjects(
                        List.of(group("system:nodes")),
                        List.of(
                                new ResourcePolicyRule(
                                        ANY, List.of(""), List.of("nodes", "nodes/status"), true, List.of()),
                                new ResourcePolicyRule(
                                        ANY, List.of("coordination.k8s.io"), List.of("leases"), false, ANY)),
                        List.of()));
    }

    private static FlowSchema schema(
            String name,
            int precedence,
            String level,
            @Nullable String distinguisher,
            List<Subject> subjects,
            @Nullable ResourcePolicyRule resources,
            @Nullable NonResourcePolicyRule others) {
        return schema(
                name,
                precedence,
                level,
                distinguisher,
                new PolicyRulesWithSubjects(
                        subjects,
                        resources == null ? List.of() : List.of(resources),
                        others == null ? List.of() : List.of(others)));
    }

    private static FlowSchema schema(
            String name, int precedence, String level, @Nullable String distinguisher, PolicyRulesWithSubjects rule) {
        return FlowSchemaBuilder.builder()
                .metadata(named(name))
                .spec(new FlowSchemaSpec(
                        new PriorityLevelConfigurationReference(level),
                        precedence,
                        distinguisher == null ? null : new FlowDistinguisherMethod(distinguisher),
                        List.of(rule)))
                .build();
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder()
                .name(name)
                .annotations(Map.of("apf.kubernetes.io/autoupdate-spec", "true"))
                .build();
    }

    private static ResourcePolicyRule everything() {
        return new ResourcePolicyRule(ANY, ANY, ANY, true, ANY);
    }

    private static ResourcePolicyRule leases(String namespace) {
        return new ResourcePolicyRule(
                HOLD_LEASE, List.of("coordination.k8s.io"), List.of("leases"), false, List.of(namespace));
    }

    private static NonResourcePolicyRule anyPath() {
        return new NonResourcePolicyRule(ANY, ANY);
    }

    private static Subject user(String name) {
        return new Subject("User", new UserSubject(name), null, null);
    }

    private static Subject group(String name) {
        return new Subject("Group", null, new GroupSubject(name), null);
    }

    private static Subject account(String name) {
        return new Subject("ServiceAccount", null, null, new ServiceAccountSubject("kube-system", name));
    }
}
