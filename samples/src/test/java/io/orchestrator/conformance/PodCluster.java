package io.orchestrator.conformance;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ExecResult;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ContainerState;
import io.orchestrator.api.model.core.ContainerStateTerminated;
import io.orchestrator.api.model.core.ContainerStateWaiting;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.codec.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A cluster of one node whose pods are real containers, or processes of this machine, and what is asked of each of them. */
final class PodCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String IMAGE = "busybox:1.36";
    private static final Manifests MANIFESTS = Manifests.builtIn();

    private final HttpCluster cluster;
    private final @Nullable MachineTools tools;

    private PodCluster(HttpCluster cluster, @Nullable MachineTools tools) {
        this.cluster = cluster;
        this.tools = tools;
    }

    static PodCluster ofContainers(String name) {
        return new PodCluster(HttpCluster.ofContainers(name), null);
    }

    /** Where the image is no more than a name, whose program runs what its arguments say. */
    static PodCluster ofProcesses(String name) {
        return new PodCluster(
                HttpCluster.ofProcesses(name, programs -> programs.image(IMAGE, "/usr/bin/env")), new MachineTools());
    }

    Client client() {
        return cluster.client();
    }

    /** The same by its front door. */
    HttpCluster http() {
        return cluster;
    }

    /** How a container calls its {@code httpd} or {@code wget}. */
    String tool(String name) {
        return tools == null ? name : tools.path(name);
    }

    /** A config map and a secret with two values each. */
    void settings() {
        create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cfg}
                data: {data-1: value-1, data-2: value-2}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: sec}
                stringData: {data-1: value-1, data-2: value-2}
                """);
    }

    void create(String manifests) {
        for (Resource each : MANIFESTS.read(manifests)) {
            client().create(each);
        }
    }

    /** A pod that runs but once. */
    static String pod(String name, String spec) {
        return pod(name, spec, "Never");
    }

    static String pod(String name, String spec, String restartPolicy) {
        return pod(name, "", spec, restartPolicy);
    }

    /** @param metadata what there is besides the name */
    static String pod(String name, String metadata, String spec, String restartPolicy) {
        return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + name + "\n"
                + metadata.strip().indent(2)
                + "spec:\n  terminationGracePeriodSeconds: 1\n  restartPolicy: " + restartPolicy + "\n"
                + spec.strip().indent(2);
    }

    Pod ended(String name) {
        return client().pods()
                .await(
                        name,
                        pod -> pod.status().phase().equals(PodPhase.SUCCEEDED)
                                || pod.status().phase().equals(PodPhase.FAILED),
                        "it to end",
                        PATIENCE);
    }

    Pod running(String name) {
        return client().pods().awaitRunning(name, PATIENCE);
    }

    /** What the container had written when its pod had ended. */
    List<String> said(String pod, String container) {
        ended(pod);
        return log(pod, container);
    }

    /** What the container has written so far. */
    List<String> log(String pod, String container) {
        return client().pods().logText(pod, container, PATIENCE).lines().toList();
    }

    /** Why the container is not even made. */
    String refusal(String pod, String container) {
        Pod refused =
                client().pods().await(pod, each -> refusal(each, container).isPresent(), "to be refused", PATIENCE);
        return refusal(refused, container).orElseThrow();
    }

    private static Optional<String> refusal(Pod pod, String container) {
        return Optional.ofNullable(status(pod, container).state().waiting())
                .filter(waiting -> waiting.reason().equals("CreateContainerConfigError"))
                .map(ContainerStateWaiting::message);
    }

    /** Until the pod has been told this. */
    void awaitEvent(String pod, String reason, String words) {
        Awaitility.await("event " + reason + " of " + pod)
                .atMost(PATIENCE)
                .until(() -> client().resources(Event.TYPE).list().items().stream()
                        .anyMatch(event -> event.involvedObject().name().equals(pod)
                                && event.reason().equals(reason)
                                && event.message().contains(words)));
    }

    /** What a shell in the pod's first container says to this. */
    String shell(String pod, String script) {
        ExecResult result = client().pods().run(pod, PATIENCE, "sh", "-c", script);
        return (result.stdout() + result.stderr()).strip();
    }

    static ContainerStatus status(Pod pod, String container) {
        return Stream.of(
                        pod.status().containerStatuses(),
                        pod.status().initContainerStatuses(),
                        pod.status().ephemeralContainerStatuses())
                .flatMap(List::stream)
                .filter(status -> status.name().equals(container))
                .findFirst()
                .orElse(ContainerStatus.EMPTY);
    }

    static ContainerStateTerminated end(Pod pod, String container) {
        ContainerState state = status(pod, container).state();
        if (state.terminated() == null) {
            throw new AssertionError(container + " has not ended: " + state);
        }
        return state.terminated();
    }

    @Override
    public void close() {
        cluster.close();
        if (tools != null) {
            tools.close();
        }
    }
}
