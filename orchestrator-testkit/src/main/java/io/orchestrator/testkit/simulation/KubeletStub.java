package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.BindingBuilder;
import io.orchestrator.api.model.core.ContainerStateBuilder;
import io.orchestrator.api.model.core.ContainerStateTerminatedBuilder;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.ContainerStatusBuilder;
import io.orchestrator.api.model.core.NodeAffinity;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodIP;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plays the scheduler and the nodes for tests of controllers: every pod is bound, runs, becomes ready some seconds later, and
 * goes some seconds after it was asked to. A pod that the test calls broken runs and never becomes ready; one that it calls
 * refused fails at once; one that it lets end does so after a while, with an exit code.
 */
public final class KubeletStub implements AutoCloseable {
    private static final int NODES = 3;
    private static final int BYTE = 256;
    private static final int TERMINATED = 143;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * How the containers of a pod end.
     *
     * @param after how long after it began to run
     */
    public record End(Duration after, int exitCode) {}

    private final Client client;
    private final Environment environment;
    private final Duration slowest;
    private final Informer<Pod> pods;
    private int addresses;
    private Predicate<Pod> broken = pod -> false;
    private Predicate<Pod> refused = pod -> false;
    private Function<Pod, Optional<End>> ends = pod -> Optional.empty();

    /** @param slowest no pod takes longer to become ready, or to go */
    public KubeletStub(Site site, Duration slowest) {
        this.client = site.client();
        this.environment = site.environment();
        this.slowest = slowest;
        this.pods = new Informer<>(site.transport(), Pod.TYPE, environment);
        pods.addHandler(this::changed);
        pods.start();
    }

    /** Pods of this kind never become ready. */
    public KubeletStub breaking(Predicate<Pod> broken) {
        this.broken = broken;
        return this;
    }

    /** Pods of this kind are refused by their node. */
    public KubeletStub refusing(Predicate<Pod> refused) {
        this.refused = refused;
        return this;
    }

    /** Pods end in this way; those for which it is empty run on. */
    public KubeletStub ending(Function<Pod, Optional<End>> ends) {
        this.ends = ends;
        return this;
    }

    @Override
    public void close() {
        pods.close();
    }

    private void changed(@Nullable Pod before, @Nullable Pod after) {
        if (after == null) {
            return;
        }
        boolean going = after.metadata().deletionTimestamp() != null;
        boolean wasGoing = before != null && before.metadata().deletionTimestamp() != null;
        if (going && !wasGoing) {
            later(() -> finish(after));
        } else if (!going && before == null && !hasEnded(after)) {
            later(() -> run(after));
        }
    }

    private void run(Pod seen) {
        ResourceClient<Pod> namespace =
                client.pods().inNamespace(seen.metadata().namespace());
        Pod pod = namespace.find(seen.metadata().name()).orElse(null);
        if (pod == null || isOther(pod, seen) || pod.metadata().deletionTimestamp() != null) {
            return;
        }
        if (pod.spec().nodeName().isEmpty()) {
            bind(namespace, pod);
            later(() -> run(seen));
        } else if (refused.test(pod)) {
            namespace.updateStatus(pod.withStatus(PodStatusBuilder.builder(pod.status())
                    .phase(PodPhase.FAILED)
                    .reason("OutOfcpu")
                    .build()));
        } else {
            if (!pod.status().phase().equals(PodPhase.RUNNING)) {
                namespace.updateStatus(running(pod, !broken.test(pod)));
            }
            ends.apply(pod)
                    .ifPresent(end -> schedule(
                            () -> end(namespace, pod, end.exitCode()),
                            end.after().toNanos() + 1));
        }
    }

    private void end(ResourceClient<Pod> namespace, Pod seen, int exitCode) {
        Pod pod = namespace.find(seen.metadata().name()).orElse(null);
        if (pod == null || isOther(pod, seen) || hasEnded(pod)) {
            return;
        }
        Time now = Time.of(environment.clock().instant());
        List<ContainerStatus> containers = pod.spec().containers().stream()
                .map(container -> ContainerStatusBuilder.builder()
                        .name(container.name())
                        .image(container.image())
                        .state(ContainerStateBuilder.builder()
                                .terminated(ContainerStateTerminatedBuilder.builder()
                                        .exitCode(exitCode)
                                        .finishedAt(now)
                                        .build())
                                .build())
                        .build())
                .toList();
        namespace.updateStatus(pod.withStatus(PodStatusBuilder.builder(pod.status())
                .phase(exitCode == 0 ? PodPhase.SUCCEEDED : PodPhase.FAILED)
                .containerStatuses(containers)
                .conditions(List.of(PodConditionBuilder.builder()
                        .type(PodConditionType.READY)
                        .status(ConditionStatus.FALSE)
                        .lastTransitionTime(now)
                        .build()))
                .build()));
    }

    private static boolean hasEnded(Pod pod) {
        return pod.status().phase().equals(PodPhase.SUCCEEDED)
                || pod.status().phase().equals(PodPhase.FAILED);
    }

    private void bind(ResourceClient<Pod> namespace, Pod pod) {
        String node = named(pod).orElseGet(() -> "node-" + environment.random().nextInt(NODES));
        Binding binding = BindingBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(pod.metadata().name())
                        .namespace(pod.metadata().namespace())
                        .build())
                .target(ObjectReferenceBuilder.builder().kind("Node").name(node).build())
                .build();
        namespace.createSubresource(pod.metadata().name(), "binding", binding);
    }

    /** The node that the pod's affinity names. */
    private static Optional<String> named(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        NodeAffinity nodes = affinity == null ? null : affinity.nodeAffinity();
        NodeSelector required = nodes == null ? null : nodes.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                ? Optional.empty()
                : required.nodeSelectorTerms().stream()
                        .flatMap(term -> term.matchFields().stream())
                        .map(field -> field.values().get(0))
                        .findFirst();
    }

    private Pod running(Pod pod, boolean ready) {
        Time now = Time.of(environment.clock().instant());
        addresses++;
        String address = "10.244." + addresses / BYTE + "." + addresses % BYTE;
        return pod.withStatus(PodStatusBuilder.builder(pod.status())
                .phase(PodPhase.RUNNING)
                .podIP(address)
                .podIPs(List.of(new PodIP(address)))
                .startTime(now)
                .conditions(List.of(PodConditionBuilder.builder()
                        .type(PodConditionType.READY)
                        .status(ready ? ConditionStatus.TRUE : ConditionStatus.FALSE)
                        .lastTransitionTime(now)
                        .build()))
                .build());
    }

    /** The containers are told to end, so that whoever holds the pod sees it ended before it goes. */
    private void finish(Pod seen) {
        try {
            if (!seen.metadata().finalizers().isEmpty()) {
                end(client.pods().inNamespace(seen.metadata().namespace()), seen, TERMINATED);
            }
            client.pods()
                    .inNamespace(seen.metadata().namespace())
                    .delete(
                            seen.metadata().name(),
                            DeleteOptions.defaults()
                                    .grace(0)
                                    .onlyUid(seen.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    /** As a node does: it tries until it has succeeded. */
    private void later(Runnable task) {
        long nanos = 1 + environment.random().nextLong(slowest.toNanos());
        schedule(task, nanos);
    }

    private void schedule(Runnable task, long nanos) {
        environment
                .timers()
                .schedule(
                        () -> {
                            try {
                                task.run();
                            } catch (ApiException e) {
                                schedule(task, RETRY.toNanos());
                            }
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    private static boolean isOther(Pod pod, Pod seen) {
        return !pod.metadata().uid().equals(seen.metadata().uid());
    }
}
