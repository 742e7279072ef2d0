package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays the agents of all nodes for tests of schedulers: a pod that is bound runs at once, unless its node has no CPU left for it;
 * then it fails with {@code OutOfcpu}, as a real agent has it. A pod that shall go takes a second to do so.
 */
final class NodeStub implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Client client;
    private final Environment environment;
    private final Informer<Pod> pods;
    private final long milliCpu;

    /** What each pod that was admitted takes, by uid, by node. */
    private final Map<String, Map<String, Long>> admitted = new HashMap<>();

    /** @param milliCpu of each node */
    NodeStub(Site site, long milliCpu) {
        this.client = site.client();
        this.environment = site.environment();
        this.milliCpu = milliCpu;
        this.pods = new Informer<>(site.transport(), Pod.TYPE, environment);
        pods.addHandler(this::changed);
        pods.start();
    }

    /** What a pod's containers ask for. */
    static long milliCpu(Pod pod) {
        return pod.spec().containers().stream()
                .mapToLong(container -> container
                        .resources()
                        .requests()
                        .getOrDefault("cpu", Quantity.ZERO)
                        .milliValue())
                .sum();
    }

    private void changed(@Nullable Pod before, @Nullable Pod after) {
        if (after == null) {
            if (before != null) {
                admitted.values().forEach(all -> all.remove(before.metadata().uid()));
            }
            return;
        }
        if (after.spec().nodeName().isEmpty()) {
            return;
        }
        if (after.metadata().deletionTimestamp() != null) {
            later(() -> end(after), TO_END);
        } else if (after.status().phase().equals(PodPhase.RUNNING)) {
            here(after).put(after.metadata().uid(), milliCpu(after));
        } else if (after.status().phase().equals(PodPhase.PENDING)) {
            take(after);
        }
    }

    private Map<String, Long> here(Pod pod) {
        return admitted.computeIfAbsent(pod.spec().nodeName(), node -> new HashMap<>());
    }

    private void take(Pod pod) {
        Map<String, Long> here = here(pod);
        long others = here.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(pod.metadata().uid()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        boolean fits = others + milliCpu(pod) <= milliCpu;
        if (fits) {
            here.put(pod.metadata().uid(), milliCpu(pod));
        }
        later(() -> report(pod, fits), Duration.ZERO);
    }

    private void report(Pod seen, boolean runs) {
        Pod pod = beside(seen).find(seen.metadata().name()).orElse(null);
        if (pod == null
                || !pod.metadata().uid().equals(seen.metadata().uid())
                || !pod.status().phase().equals(PodPhase.PENDING)) {
            return;
        }
        Time now = Time.of(environment.clock().instant());
        PodStatusBuilder status = PodStatusBuilder.builder(pod.status());
        beside(seen)
                .updateStatus(pod.withStatus(
                        runs
                                ? status.phase(PodPhase.RUNNING)
                                        .startTime(now)
                                        .conditions(List.of(PodConditionBuilder.builder()
                                                .type(PodConditionType.READY)
                                                .status(ConditionStatus.TRUE)
                                                .lastTransitionTime(now)
                                                .build()))
                                        .build()
                                : status.phase(PodPhase.FAILED)
                                        .reason("OutOfcpu")
                                        .message("Node didn't have enough resource: cpu")
                                        .build()));
    }

    private void end(Pod pod) {
        try {
            beside(pod)
                    .delete(
                            pod.metadata().name(),
                            DeleteOptions.defaults()
                                    .grace(0)
                                    .onlyUid(pod.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    private ResourceClient<Pod> beside(Pod pod) {
        return client.pods().inNamespace(pod.metadata().namespace());
    }

    private void later(Runnable task, Duration delay) {
        environment
                .timers()
                .schedule(
                        () -> {
                            try {
                                task.run();
                            } catch (ApiException e) {
                                later(task, RETRY);
                            }
                        },
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        pods.close();
    }
}
