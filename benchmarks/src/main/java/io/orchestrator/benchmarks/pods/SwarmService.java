package io.orchestrator.benchmarks.pods;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.TaskState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The other peer: a service in Swarm mode. Its task is one lone container on the engine's default network: no sandbox, no host name
 * of its own, no resolver of the network's. It runs when the manager's own API says so; it is gone when its container has ended, though the
 * engine may still have to remove that.
 */
final class SwarmService {
    private static final String NAME = "orchestrator-benchmark";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DockerClient docker;
    private final String image;

    SwarmService(DockerClient docker, String image) {
        this.docker = docker;
        this.image = image;
    }

    void begin(int replicas) {
        docker.createServiceCmd(spec(replicas)).exec();
        awaitRunning(replicas);
    }

    void scale(int replicas) {
        Service service = docker.inspectServiceCmd(NAME).exec();
        docker.updateServiceCmd(service.getId(), spec(replicas))
                .withVersion(service.getVersion().getIndex())
                .exec();
        awaitRunning(replicas);
        until(() -> containers().size() == replicas);
    }

    void remove() {
        docker.removeServiceCmd(NAME).exec();
        until(() -> containers().isEmpty());
    }

    /** Kills the container of the one task, and waits for the next one to run. */
    void replaceKilled() {
        String before = running().get(0).getId();
        docker.killContainerCmd(containers().get(0)).exec();
        until(() -> running().stream().anyMatch(task -> !task.getId().equals(before)));
    }

    private ServiceSpec spec(int replicas) {
        return new ServiceSpec()
                .withName(NAME)
                .withMode(new ServiceModeConfig()
                        .withReplicated(new ServiceReplicatedModeOptions().withReplicas(replicas)))
                .withTaskTemplate(new TaskSpec()
                        .withRestartPolicy(new ServiceRestartPolicy()
                                .withCondition(ServiceRestartCondition.ANY)
                                .withDelay(0L))
                        .withContainerSpec(new ContainerSpec()
                                .withImage(image)
                                .withCommand(List.of(Pods.COMMAND))
                                .withStopGracePeriod(GRACE_NANOS)));
    }

    private void awaitRunning(int replicas) {
        until(() -> running().size() == replicas);
    }

    private List<Task> running() {
        return docker.listTasksCmd().withServiceFilter(NAME).withStateFilter(TaskState.RUNNING).exec().stream()
                .filter(task -> task.getStatus().getState() == TaskState.RUNNING)
                .toList();
    }

    private List<String> containers() {
        return docker.listContainersCmd().withLabelFilter(Map.of("com.docker.swarm.service.name", NAME)).exec().stream()
                .map(com.github.dockerjava.api.model.Container::getId)
                .toList();
    }

    private static void until(BooleanSupplier holds) {
        long begun = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IllegalStateException("the service did not come to what it is to be");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
