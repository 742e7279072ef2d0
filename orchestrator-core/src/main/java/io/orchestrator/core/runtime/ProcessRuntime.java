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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers as processes of this machine, for hosts without Docker and without root. A container is a shell with a session
 * of its own and the command in it; the command comes from the pod, or from the table that the host gives here, since
 * there are no images. A pod on Linux has a loopback address of its own, which its processes find as {@code POD_IP} and must
 * bind; nothing stops them from binding others.
 *
 * <p>Processes, their logs and their exit codes survive this JVM; the next runtime on the same directory adopts them. It does
 * not isolate: files, users and host ports are those of the machine, as its abilities say. Root runs containers as the users that they
 * name, which are the machine's; others refuse a user that is not their own. Limits are held by control groups where
 * this process may make some, as root may; elsewhere a limit of memory is one of the data of each process ({@code ulimit -d}), which
 * fails its allocations in the place of ending it, and one of the processor is not held. Volumes are mounted where the
 * kernel lets this user have a mount namespace, and refused elsewhere. A host must not open two runtimes on one directory at a
 * time.
 *
 * <p>Thread-safe. Work runs on the environment's executor; one timer task per node looks at its processes, where possible only at
 * those that the JDK's watch of their folders tells of, which has a thread of its own.
 */
public final class ProcessRuntime implements RuntimeProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRuntime.class);

    private static final long PATIENCE_SECONDS = 30;

    private final Environment environment;
    private final Path directory;
    private final PodAddresses addresses;
    private final ProcessImages images;
    private final CompletableFuture<Optional<ContainerHolder>> holder;
    private final CompletableFuture<Optional<ProcessMounts>> mounts;
    private final Optional<ControlGroups> groups;
    private final Privileges privileges;
    private final LogLimit logs;
    private final MarkedProcesses processes = MarkedProcesses.ofThisMachine();
    private final FolderWatch watch = FolderWatch.ofThisMachine();
    private final Object lock = new Object();
    private final Map<RuntimeOwner, ProcessNode> nodes = new HashMap<>();
    private final List<ContainerRuntime> views = new ArrayList<>();

    private ProcessRuntime(Builder builder) {
        this.environment = builder.environment;
        this.directory = builder.directory;
        this.addresses = builder.addresses;
        this.images = new ProcessImages(builder.programs);
        this.logs = builder.logs;
        this.groups = ControlGroups.ofThisMachine();
        this.privileges = Privileges.ofThisMachine();
        this.holder = builder.onlyTheMachines
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.supplyAsync(() -> ContainerHolder.install(directory), environment.executor());
        this.mounts = holder.thenApplyAsync(ProcessMounts::ofThisMachine, environment.executor());
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
            ContainerRuntime view = new ProcessNodeRuntime(node, images, mounts, watch, environment);
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
            Path group = Path.of(StateFiles.nameOf(owner.clusterId())).resolve(StateFiles.nameOf(owner.nodeName()));
            return new ProcessNode(
                    own,
                    addresses,
                    images,
                    new ProcessMachine(
                            mounts::join,
                            holder::join,
                            new ProcessLimits(groups, group),
                            privileges,
                            processes,
                            logs,
                            environment));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the pods under " + own, e);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            views.forEach(ContainerRuntime::close);
            views.clear();
            nodes.values().forEach(ProcessNode::close);
            watch.close();
            removeHolder();
        }
    }

    /** Also where it has only just been begun to be installed. Containers that it holds go on. */
    private void removeHolder() {
        try {
            Optional<ContainerHolder> installed = holder.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (installed.isPresent()) {
                installed.get().remove();
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.debug("what holds containers stays for the next runtime", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what a process runtime needs. */
    public static final class Builder {
        private final Environment environment;
        private final Path directory;
        private final PodAddresses addresses;
        private final Map<String, List<String>> programs = new LinkedHashMap<>();
        private LogLimit logs = LogLimit.DEFAULT;
        private boolean onlyTheMachines;

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

        /**
         * How much of a container's output is kept, as a kubelet's {@code containerLogMaxSize} and {@code containerLogMaxFiles} say
         * it; 10 MiB and 5 by default. The oldest goes, to the size of one file, when there would be more.
         *
         * @param bytes of a file
         * @param files how many, at least 2
         */
        public Builder logs(long bytes, int files) {
            logs = new LogLimit(bytes, files);
            return this;
        }

        /**
         * Begins containers with programs that the machine has, and not with the small one that this library brings and writes into
         * the runtime's directory: for machines that are to run nothing else. A container costs more then, takes the machine's name for
         * its own, and neither a read-only root nor a seccomp profile can be had.
         */
        public Builder onlyProgramsOfTheMachine() {
            onlyTheMachines = true;
            return this;
        }

        public ProcessRuntime build() {
            return new ProcessRuntime(this);
        }
    }
}
