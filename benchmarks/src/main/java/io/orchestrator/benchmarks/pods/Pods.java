package io.orchestrator.benchmarks.pods;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.RolloutStatus;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.runtime.docker.DockerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Ours: a whole cluster of one node, and pods in it that obey when they are to end. Every wait is by watch and bounded. */
final class Pods implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    static final String[] COMMAND = {"sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"};
    private static final long LOOK_NANOS = 5_000_000;

    private final Cluster cluster;
    private final String image;

    private Pods(Cluster cluster, String image) {
        this.cluster = cluster;
        this.image = image;
        cluster.awaitNodes(PATIENCE);
    }

    static Pods inContainers(String image, int most) {
        return inContainers("", image, most);
    }

    /** @param host the engine's; empty for the one that the environment names */
    static Pods inContainers(String host, String image, int most) {
        return new Pods(
                Cluster.builder()
                        .named("benchmark")
                        .runtime(host.isEmpty() ? DockerRuntime.local() : DockerRuntime.at(host))
                        .nodes(1)
                        .agents(agent -> agent.withCapacity("64", "64Gi", most + 10))
                        .podGrace(Duration.ofSeconds(1))
                        .start(),
                image);
    }

    static Pods asProcesses(int most) {
        return new Pods(
                Cluster.builder()
                        .named("benchmark")
                        .nodes(1)
                        .agents(agent -> agent.withCapacity("64", "64Gi", most + 10))
                        .podGrace(Duration.ofSeconds(1))
                        .start(),
                "any");
    }

    private Client client() {
        return cluster.client();
    }

    private static String name(int pod) {
        return "pod-" + pod;
    }

    void begin(int pod) {
        PodDraft draft = Pod.named(name(pod))
                .container("main", image, c -> c.command(COMMAND))
                .gracePeriod(Duration.ofSeconds(1));
        client().create(draft.build());
    }

    void awaitRunning(int pod) {
        client().pods().awaitRunning(name(pod), PATIENCE);
    }

    void end(int pod) {
        client().pods().delete(name(pod));
    }

    void awaitGone(int pod) {
        client().pods().awaitGone(name(pod), PATIENCE);
    }

    /** The id of the pod's container, as its status has it. */
    String container(int pod) {
        return only(client().pods().get(name(pod))).containerID().substring("docker://".length());
    }

    void awaitRestarted(int pod) {
        client().pods()
                .await(
                        name(pod),
                        each -> only(each).restartCount() == 1
                                && only(each).state().running() != null,
                        "its container to run again",
                        PATIENCE);
    }

    private static ContainerStatus only(Pod pod) {
        List<ContainerStatus> all = pod.status().containerStatuses();
        return all.isEmpty() ? ContainerStatus.EMPTY : all.get(0);
    }

    /** @param unavailable how many may be on their way at a time while it is updated */
    void deploy(int replicas, int unavailable) {
        client().apply(Deployment.named("web")
                .replicas(replicas)
                .maxSurge(0)
                .maxUnavailable(unavailable)
                .container("main", image, c -> c.command(COMMAND))
                .gracePeriod(Duration.ofSeconds(1))
                .build());
        awaitRolledOut();
    }

    void restartAll() {
        client().deployments().restart("web");
        awaitRolledOut();
    }

    void scale(int replicas) {
        client().deployments().scale("web", replicas);
        awaitRolledOut();
        until("only " + replicas + " pods to be left", () -> count() == replicas);
    }

    private void awaitRolledOut() {
        until(
                "the deployment to be rolled out",
                () -> client().deployments().rolloutStatus("web").state() == RolloutStatus.State.DONE);
    }

    void removeDeployment() {
        client().deployments().delete("web");
        until("no pods to be left", () -> count() == 0);
    }

    private int count() {
        return client().pods().list().items().size();
    }

    /** Looks in this JVM, which costs microseconds. */
    private static void until(String what, BooleanSupplier holds) {
        long begun = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " seconds for " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
