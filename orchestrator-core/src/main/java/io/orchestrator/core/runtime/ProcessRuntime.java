package io.orchestrator.core.runtime;

import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Containers as processes of this machine, for hosts without Docker and without root. A container is a shell with a session
 * of its own and the command in it; the command comes from the pod, or from the table that the host gives here, since
 * there are no images. A pod on Linux has a loopback address of its own, which its processes find as {@code POD_IP} and must
 * bind; nothing stops them from binding others.
 *
 * <p>Processes, their logs and their exit codes survive this JVM; the next runtime on the same directory adopts them. It does
 * not isolate: files, users, limits and host ports are those of the machine, as its abilities say. Volumes are mounted where the
 * kernel lets this user have a mount namespace, and refused elsewhere. A host must not open two runtimes on one directory at a
 * time.
 *
 * <p>Thread-safe. Work runs on the environment's executor; one timer task per node looks at its processes.
 */
public final class ProcessRuntime implements RuntimeProvider {
    private final Environment environment;
    private final Path directory;
    private final PodAddresses addresses;
    private final ProcessImages images;
    private final CompletableFuture<Optional<ProcessMounts>> mounts;
    private final Object lock = new Object();
    private final Map<RuntimeOwner, ProcessNode> nodes = new HashMap<>();
    private final List<ContainerRuntime> views = new ArrayList<>();

    private ProcessRuntime(Builder builder) {
        this.environment = builder.environment;
        this.directory = builder.directory;
        this.addresses = builder.addresses;
        this.images = new ProcessImages(builder.programs);
        this.mounts = CompletableFuture.supplyAsync(ProcessMounts::ofThisMachine, environment.executor());
    }

    /**
     * @param directory where the state of pods and their logs are kept
     * @param addresses shared by all that run on this machine for the same cluster
     */
    public static Builder builder(Environment environment, Path directory, PodAddresses addresses) {
        return new Builder(environment, directory, addresses);
    }

    @Override
    public ContainerRuntime forNode(RuntimeOwner owner) {
        synchronized (lock) {
            ProcessNode node = nodes.computeIfAbsent(owner, this::open);
            ContainerRuntime view = new ProcessNodeRuntime(node, images, mounts, environment);
            views.add(view);
            return view;
        }
    }

    private ProcessNode open(RuntimeOwner owner) {
        Path own = directory
                .resolve(StateFiles.nameOf(owner.clusterId()))
                .resolve(StateFiles.nameOf(owner.nodeName()))
                .toAbsolutePath();
        try {
            return new ProcessNode(own, addresses, images, mounts::join, environment.clock());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the pods under " + own, e);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            views.forEach(ContainerRuntime::close);
            views.clear();
        }
    }

    /** Collects what a process runtime needs. */
    public static final class Builder {
        private final Environment environment;
        private final Path directory;
        private final PodAddresses addresses;
        private final Map<String, List<String>> programs = new LinkedHashMap<>();

        private Builder(Environment environment, Path directory, PodAddresses addresses) {
            this.environment = environment;
            this.directory = directory;
            this.addresses = addresses;
        }

        /**
         * What a container of this image runs where it brings no command.
         *
         * @param image a full reference, or a name without tag for all its tags
         */
        public Builder image(String image, String program, String... args) {
            List<String> words = new ArrayList<>();
            words.add(program);
            words.addAll(List.of(args));
            programs.put(image, List.copyOf(words));
            return this;
        }

        public ProcessRuntime build() {
            return new ProcessRuntime(this);
        }
    }
}
