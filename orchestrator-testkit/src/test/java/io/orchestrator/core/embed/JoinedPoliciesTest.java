package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyBuilder;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.core.network.policy.PolicyEnforcement;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over a real registry in virtual time; the test is the node's kernel. */
class JoinedPoliciesTest {
    private static final String GUARDED = "172.18.0.2";
    private static final String STRANGER = "172.18.0.9";
    private static final String LOOPBACK = "pods share the loopback addresses of their machine";

    private final VirtualTime time = VirtualTime.inOrder();
    private final Environment environment = time.environment(new Random(1));
    private final MemoryStore store = new MemoryStore(environment.executor(), MemoryStoreOptions.defaults());
    private final Registry registry = new Registry(
            store,
            environment,
            BuiltInKinds.catalog(RangeAllocator.standard(environment.random())),
            new JsonForms(new ObjectCodec(new Schemas())),
            BuiltInAdmission.steps());
    private final List<String> scripts = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int failing;

    private final Client client;
    private final SharedInformers informers;

    JoinedPoliciesTest() {
        registry.start();
        Caller caller = new Caller("system:test", List.of("system:masters"), "test", warning -> {});
        client = new Client(InProcessTransport.on(registry, caller, new NodeDirectory(), environment.executor()));
        informers = new SharedInformers(client.transport(), environment);
    }

    @AfterEach
    void end() {
        informers.close();
        client.close();
        registry.close();
        store.close();
    }

    private JoinedPolicies begin(String obstacle) {
        JoinedPolicies policies =
                new JoinedPolicies(informers, recorder(), obstacle, "10.97.0.0/17", this::rules, "node", environment);
        policies.start(() -> {});
        informers.start();
        settle();
        return policies;
    }

    private PolicyEnforcement rules(List<String> service, String names) {
        if (failing-- > 0) {
            throw new IllegalStateException("no rules today");
        }
        return new PolicyEnforcement(
                (command, script, deadline) -> {
                    scripts.add(script);
                    return new Result(0, "");
                },
                "t",
                service,
                names);
    }

    private Events recorder() {
        return new Events() {
            @Override
            public void normal(Resource about, String reason, String message) {}

            @Override
            public void warning(Resource about, String reason, String message) {
                told.add(reason + ": " + message);
            }
        };
    }

    private void settle() {
        time.advance(Duration.ofMillis(500));
    }

    @Test
    void aNodeWhoseOwnPodsCannotBeGuardedLeadsNobodyToThoseOfOthersWhomPoliciesKeepAway() throws Exception {
        service(SharedServices.API, "10.96.0.1");
        JoinedPolicies policies = begin(LOOPBACK);
        pod("web", GUARDED);
        settle();
        assertThat(admits(policies)).isTrue();

        policy("closed");
        settle();

        assertThat(admits(policies)).isFalse();
        assertThat(policies.statement().status()).isEqualTo("False");
        assertThat(told).containsExactly("NotEnforced: the policy has no effect on node node: " + LOOPBACK);
        assertThat(scripts).as("the kernel is somebody else's").isEmpty();
        client.resources(NetworkPolicy.TYPE).inNamespace("default").delete("closed");
        settle();
        assertThat(admits(policies)).isTrue();
        policies.close();
    }

    @Test
    void nobodyIsJudgedUntilItIsKnownThatServicesHaveAddressesWhichPodsReach() throws Exception {
        JoinedPolicies policies = begin(LOOPBACK);
        pod("web", GUARDED);
        policy("closed");
        settle();
        assertThat(admits(policies)).isTrue();

        service(SharedServices.API, "10.96.0.1");
        settle();
        assertThat(admits(policies)).isFalse();
        policies.close();
    }

    @Test
    void policiesAreSaidToBeHeldOnlyWhileTheyAre() throws Exception {
        service(SharedServices.API, "10.96.0.1");
        failing = 1;
        JoinedPolicies policies = begin("");
        assertThat(policies.statement().status()).as("there are none").isEqualTo("True");
        pod("web", GUARDED);

        policy("closed");
        settle();
        assertThat(policies.statement().status()).isEqualTo("False");
        assertThat(admits(policies)).isTrue();

        time.advance(Duration.ofSeconds(11));
        assertThat(policies.statement().status()).isEqualTo("True");
        assertThat(admits(policies)).isFalse();
        policies.close();
    }

    @Test
    void aDnsThatComesLaterIsLetPass() throws Exception {
        service(SharedServices.API, "10.96.0.1");
        JoinedPolicies policies = begin("");
        pod("web", GUARDED);
        policy("closed");
        settle();
        assertThat(String.join("", scripts)).doesNotContain("10.96.0.10");

        service(SharedServices.DNS, "10.96.0.10");
        settle();

        assertThat(String.join("", scripts)).contains("ip daddr != 10.96.0.10");
        assertThat(policies.statement().status()).isEqualTo("True");
        assertThat(admits(policies)).isFalse();
        policies.close();
    }

    private static boolean admits(JoinedPolicies policies) throws UnknownHostException {
        return policies.admits(InetAddress.getByName(STRANGER), new Endpoint(GUARDED, 80), "TCP");
    }

    private void service(ObjectKey key, String address) {
        client.inNamespace(key.namespace())
                .services()
                .create(ServiceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(key.name())
                                .namespace(key.namespace())
                                .build())
                        .spec(ServiceSpecBuilder.builder()
                                .clusterIP(address)
                                .ports(List.of(
                                        ServicePortBuilder.builder().port(443).build()))
                                .build())
                        .build());
    }

    /** Of another node of this machine. */
    private void pod(String name, String address) {
        Pod pod = client.pods()
                .create(PodBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .labels(Map.of("app", name))
                                .build())
                        .spec(PodSpecBuilder.builder()
                                .nodeName("containers")
                                .containers(List.of(ContainerBuilder.builder()
                                        .name("web")
                                        .image("nginx")
                                        .build()))
                                .build())
                        .build());
        client.pods()
                .updateStatus(pod.withStatus(PodStatusBuilder.builder(pod.status())
                        .phase("Running")
                        .hostIP("127.0.0.1")
                        .podIP(address)
                        .build()));
    }

    private void policy(String name) {
        client.resources(NetworkPolicy.TYPE)
                .create(NetworkPolicyBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name(name).build())
                        .spec(NetworkPolicySpecBuilder.builder()
                                .podSelector(LabelSelector.of(Map.of("app", "web")))
                                .build())
                        .build());
    }
}
