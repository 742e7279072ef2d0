package io.orchestrator.benchmarks.pods;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The peer: the same pods by the engine's API alone, each of a container that holds the network and one that joins it, on a network
 * of their own. No state is kept, nothing is watched, nobody is told.
 */
final class RawEngine implements AutoCloseable {
    /** More only make each of them slower. */
    static final int AT_A_TIME = 8;

    private static final String ID_LABEL = "io.orchestrator.id";
    private static final int STOP_SECONDS = 1;
    private static final int PATIENCE_SECONDS = 120;
    private static final int LOOKS_AT_NETWORK = 50;
    private static final long LOOK_MILLIS = 200;

    private final DockerClient docker;
    private final String image;
    private final String prefix = "orchestrator-benchmark-" + UUID.randomUUID();
    private final String network;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
    private final ConcurrentMap<Integer, String> apps = new ConcurrentHashMap<>();

    /** @param host the engine's; empty for the one that the environment names */
    RawEngine(String host, String image) {
        this.docker = PrivateEngine.client(host);
        this.image = image;
        this.network = docker.createNetworkCmd().withName(prefix).exec().getId();
    }

    private String sandbox(int pod) {
        return prefix + "-" + pod;
    }

    void begin(int pod) {
        docker.createContainerCmd(image)
                .withName(sandbox(pod))
                .withEntrypoint(Pods.COMMAND)
                .withHostConfig(
                        HostConfig.newHostConfig().withNetworkMode(network).withIpcMode("shareable"))
                .exec();
        docker.startContainerCmd(sandbox(pod)).exec();
        beginApp(pod);
    }

    private void beginApp(int pod) {
        String app = docker.createContainerCmd(image)
                .withEntrypoint(Pods.COMMAND)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("container:" + sandbox(pod)))
                .exec()
                .getId();
        docker.startContainerCmd(app).exec();
        apps.put(pod, app);
    }

    /** Kills a container that is not ours. @param id as its pod's status has it */
    void killOther(String id) {
        docker.listContainersCmd()
                .withLabelFilter(Map.of(ID_LABEL, id))
                .exec()
                .forEach(each -> docker.killContainerCmd(each.getId()).exec());
    }

    /** Kills the container, waits for its end, and begins another in its place. */
    void replaceKilled(int pod) {
        String killed = app(pod);
        docker.killContainerCmd(killed).exec();
        docker.waitContainerCmd(killed).start().awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
        beginApp(pod);
        remove(killed);
    }

    private String app(int pod) {
        String app = apps.get(pod);
        if (app == null) {
            throw new IllegalStateException("pod " + pod + " was not begun");
        }
        return app;
    }

    /** Ends the pod in order. */
    void end(int pod) {
        String app = apps.remove(pod);
        if (app != null) {
            docker.stopContainerCmd(app).withTimeout(STOP_SECONDS).exec();
            remove(app);
        }
        remove(sandbox(pod));
    }

    private void remove(String container) {
        try {
            docker.removeContainerCmd(container).withForce(true).exec();
        } catch (NotFoundException e) {
            // It has never been.
        }
    }

    /** The same for each of the pods, at most so many at a time. */
    void each(int from, int to, int width, IntConsumer work) throws InterruptedException {
        for (int first = from; first < to; first += width == AT_A_TIME ? to : width) {
            int last = width == AT_A_TIME ? to : Math.min(to, first + width);
            List<Future<?>> all = new ArrayList<>();
            for (int pod = first; pod < last; pod++) {
                int own = pod;
                all.add(workers.submit(() -> work.accept(own)));
            }
            for (Future<?> one : all) {
                try {
                    one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    throw new IllegalStateException("the engine failed", e);
                }
            }
        }
    }

    /** An engine that was busy takes a container off its network a moment after it has said that it is gone. */
    private void removeNetwork() {
        for (int left = LOOKS_AT_NETWORK; ; left--) {
            try {
                docker.removeNetworkCmd(network).exec();
                return;
            } catch (DockerException e) {
                if (left == 0 || !String.valueOf(e.getMessage()).contains("active endpoints")) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
        }
    }

    /** Removes all that it made, in whatever state it is. */
    @Override
    public void close() {
        workers.shutdownNow();
        apps.values().forEach(this::remove);
        docker.listContainersCmd().withShowAll(true).exec().stream()
                .filter(each -> each.getNames() != null && each.getNames()[0].startsWith("/" + prefix))
                .forEach(each -> remove(each.getId()));
        removeNetwork();
        try {
            docker.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
