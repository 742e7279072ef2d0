package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.runtime.LoopbackAddresses;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.RuntimeInfo;
import io.orchestrator.spi.runtime.RuntimeOwner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent on real processes and real time: no virtual clock, no simulated engine. */
@EnabledOnOs(OS.LINUX)
class ProcessAgentTest {
    private static final String NODE = "node-1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final SystemEnvironment system = new SystemEnvironment("process-agent-test");
    private final LoopbackAddresses addresses =
            new LoopbackAddresses((int) ProcessHandle.current().pid());
    private MemoryStore store;
    private Registry registry;
    private Client client;
    private Informer<Service> services;
    private EventRecorder events;
    private ProcessRuntime runtime;
    private NodeAgent agent;

    @BeforeEach
    void start() {
        var environment = system.environment();
        store = new MemoryStore(environment.executor(), MemoryStoreOptions.defaults());
        registry = new Registry(
                store,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random())),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.steps());
        registry.start();
        Caller caller = new Caller("agent", List.of(), "test", warning -> {});
        client = new Client(InProcessTransport.on(registry, caller, new NodeDirectory(), environment.executor()));
        for (String namespace : List.of("default", "kube-node-lease")) {
            if (client.namespaces().find(namespace).isEmpty()) {
                client.create(NamespaceBuilder.builder()
                        .metadata(ObjectMeta.named(namespace))
                        .build());
            }
        }
        services = new Informer<>(client.transport(), Service.TYPE, environment);
        services.start();
        events = new EventRecorder(client, "kubelet", environment);
        runtime = ProcessRuntime.builder(environment, directory.resolve("runtime"), addresses)
                .build();
        agent = new NodeAgent(
                AgentConfig.of("cluster", NODE, directory.resolve("agent")),
                client,
                runtime.forNode(new RuntimeOwner("cluster", NODE)),
                services,
                events,
                environment);
        agent.start();
    }

    @AfterEach
    void stop() throws Exception {
        agent.endPods(Duration.ofSeconds(1)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        agent.close();
        services.close();
        events.close();
        runtime.close();
        registry.close();
        store.close();
        system.close();
        assertThat(addresses.size()).isZero();
    }

    @Test
    void aPodRunsAsAProcessWithItsAddressLogsCommandsAndProbes() throws Exception {
        client.create(ConfigMap.named("settings").data("colour", "blue").build());
        client.create(Pod.named("web")
                .container(
                        "web",
                        "any:1",
                        c -> c.command("/bin/sh", "-c", "echo $(COLOUR) on $POD_IP; sleep 1000")
                                .envFromConfigMap("COLOUR", "settings", "colour")
                                .readinessProbe(p -> p.exec("/bin/true").every(Duration.ofSeconds(1))))
                .nodeName(NODE)
                .build());
        await().atMost(PATIENCE).until(() -> client.pods().get("web").isReady());

        Pod pod = client.pods().get("web");
        assertThat(pod.status().podIP()).startsWith("127.");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log("web"))
                        .isEqualTo("blue on " + pod.status().podIP() + "\n"));
        try (ExecSession session = agent.exec("default", "web", "", ExecSpec.of("/bin/sh", "-c", "echo $COLOUR"))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)) {
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("blue\n");
        }
        client.pods().delete("web");
        await().atMost(PATIENCE).until(() -> client.pods().find("web").isEmpty());
    }

    @Test
    void aProcessSeesTheVolumesOfItsPodAndTheMachineDoesNot() throws Exception {
        assumeTrue(
                runtime.forNode(new RuntimeOwner("cluster", NODE))
                        .info()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)
                        .abilities()
                        .contains(RuntimeInfo.Ability.MOUNTS),
                "the kernel lets this user have no mount namespace");
        client.create(ConfigMap.named("settings").data("colour", "blue").build());
        client.create(Pod.named("web")
                .configMap("config", "settings")
                .emptyDir("scratch")
                .container(
                        "web",
                        "any:1",
                        c -> c.command(
                                        "/bin/sh",
                                        "-c",
                                        "pwd; cat /etc/orchestrator-web/colour; echo kept > note; "
                                                + "echo no > /etc/orchestrator-web/colour; sleep 1000")
                                .workingDir("/orchestrator-scratch")
                                .mountReadOnly("config", "/etc/orchestrator-web")
                                .mount("scratch", "/orchestrator-scratch"))
                .nodeName(NODE)
                .build());
        await().atMost(PATIENCE).until(() -> client.pods().get("web").isReady());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log("web"))
                        .startsWith("/orchestrator-scratch\nblue")
                        .contains("Read-only"));
        try (ExecSession session = agent.exec(
                        "default", "web", "", ExecSpec.of("cat", "note", "/etc/orchestrator-web/colour"))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)) {
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("kept\nblue");
            assertThat(session.exitCode().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isZero();
        }
        assertThat(Path.of("/orchestrator-scratch")).doesNotExist();
        assertThat(Path.of("/etc/orchestrator-web")).doesNotExist();
        client.pods().delete("web");
        await().atMost(PATIENCE).until(() -> client.pods().find("web").isEmpty());
    }

    @Test
    void aProcessThatEndsIsStartedAgain() {
        client.create(Pod.named("web")
                .container("web", "any:1", c -> c.command("/bin/sh", "-c", "sleep 0.2; exit 3"))
                .nodeName(NODE)
                .build());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                client.pods().get("web").status().containerStatuses())
                        .singleElement()
                        .satisfies(status -> {
                            assertThat(status.restartCount()).isPositive();
                            assertThat(status.lastState().terminated()).isNotNull();
                            assertThat(status.lastState().terminated().exitCode())
                                    .isEqualTo(3);
                        }));
    }

    @Test
    void whatTheRuntimeCannotDoIsSaidInTheStatus() {
        client.create(
                Pod.named("bare").container("web", "nginx:1.27").nodeName(NODE).build());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                client.pods().get("bare").status().containerStatuses())
                        .singleElement()
                        .satisfies(status -> {
                            assertThat(status.state().waiting()).isNotNull();
                            assertThat(status.state().waiting().message())
                                    .contains("nginx:1.27")
                                    .contains("command");
                        }));
    }

    private String log(String pod) throws Exception {
        try (LogStream stream = agent.logs("default", pod, "", false, LogQuery.all())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] piece = stream.read(); piece != null; piece = stream.read()) {
                all.write(piece);
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }
}
