package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pods of one node as directories, and what is known of them in memory. The maps are guarded by this object's monitor, which is
 * held over no file. What changes the files of a pod holds the lock of that pod meanwhile, before it takes the monitor: pods that
 * begin together do not wait for each other's files.
 */
final class ProcessNode {
    private static final String LOOPBACK = "127.0.0.1";
    /** A few more than pods that are worked on at a time. */
    private static final int LOCKS = 64;

    private final Path sandboxDirectory;
    private final Path containerDirectory;
    private final PodAddresses addresses;
    private final ProcessImages images;
    private final ProcessMachine machine;
    private final StateFiles files = new StateFiles();
    private final StateJson json = new StateJson();
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
    private final Map<String, ProcessSandbox> sandboxes = new LinkedHashMap<>();
    /** Of the same, so that a look at many costs nothing. */
    private final Map<String, SandboxState> sandboxStates = new LinkedHashMap<>();

    private final Map<String, ProcessContainer> containers = new LinkedHashMap<>();
    /** Of these, what is being removed. */
    private final Set<ProcessContainer> going = new HashSet<>();
    /** Whether there are limits of containers that are no more. */
    private boolean leftovers;

    ProcessNode(Path directory, PodAddresses addresses, ProcessImages images, ProcessMachine machine)
            throws IOException {
        this.sandboxDirectory = directory.resolve("sandboxes");
        this.containerDirectory = directory.resolve("containers");
        this.addresses = addresses;
        this.images = images;
        this.machine = machine;
        adopt();
    }

    private void adopt() throws IOException {
        for (Path child : StateFiles.children(sandboxDirectory)) {
            if (!Files.exists(child.resolve("sandbox.json"))) {
                StateFiles.remove(child); // its creation was never answered
                continue;
            }
            ProcessSandbox sandbox = files.read(child.resolve("sandbox.json"), ProcessSandbox.class);
            if (sandbox.ready()) {
                addresses.hold(sandbox.address());
            }
            know(sandbox, Instant.parse(sandbox.createdAt()));
        }
        for (Path child : StateFiles.children(containerDirectory)) {
            if (!Files.exists(child.resolve("container.json"))) {
                StateFiles.remove(child);
                continue;
            }
            ProcessContainer.Stored stored = files.read(child.resolve("container.json"), ProcessContainer.Stored.class);
            Instant createdAt = Instant.parse(stored.createdAt());
            containers.put(stored.spec().id(), new ProcessContainer(child, stored, createdAt, machine));
        }
        leftovers = !machine.limits().removeAllBut(specs());
    }

    private List<ContainerSpec> specs() {
        return containers.values().stream().map(ProcessContainer::spec).toList();
    }

    /** Tries again to remove what holds no container any more, but could not be removed while processes were ending. */
    synchronized void sweep() {
        if (leftovers) {
            leftovers = !machine.limits().removeAllBut(specs());
        }
    }

    /** Leaves nothing behind but containers, which whoever comes next adopts. */
    synchronized void close() {
        sweep();
        machine.limits().close();
    }

    /** Nobody else waits while it looks at the containers, of which one may be about to begin. */
    RuntimeState state() throws IOException {
        List<SandboxState> pods;
        List<ProcessContainer> looked;
        synchronized (this) {
            pods = List.copyOf(sandboxStates.values());
            looked = containers();
        }
        Map<ProcessContainer, ContainerState> states = new LinkedHashMap<>();
        for (ProcessContainer container : looked) {
            states.put(container, container.state());
        }
        synchronized (this) {
            // what was removed meanwhile, or is about to be, has lost what told of it
            states.keySet().retainAll(Set.copyOf(containers.values()));
            states.keySet().removeAll(going);
        }
        return new RuntimeState(pods, List.copyOf(states.values()));
    }

    private Instant now() {
        return machine.environment().clock().instant();
    }

    /** Of a pod's files; taken before the monitor. */
    private Object lock(String sandboxId) {
        return locks[Math.floorMod(sandboxId.hashCode(), LOCKS)];
    }

    private synchronized SandboxState know(ProcessSandbox sandbox, Instant createdAt) {
        SandboxState state = sandbox.state(createdAt);
        sandboxes.put(sandbox.spec().id(), sandbox);
        sandboxStates.put(sandbox.spec().id(), state);
        return state;
    }

    synchronized List<ProcessContainer> containers() {
        return List.copyOf(containers.values());
    }

    synchronized List<ProcessContainer> containersOf(String sandboxId) {
        return containers.values().stream()
                .filter(container -> container.spec().sandboxId().equals(sandboxId))
                .toList();
    }

    synchronized Optional<ProcessContainer> find(String containerId) {
        return Optional.ofNullable(containers.get(containerId));
    }

    ProcessContainer container(String containerId) {
        return find(containerId).orElseThrow(() -> new RuntimeFailure(Kind.NOT_FOUND, "no container " + containerId));
    }

    synchronized Optional<ProcessSandbox> sandbox(String sandboxId) {
        return Optional.ofNullable(sandboxes.get(sandboxId));
    }

    SandboxState createSandbox(SandboxSpec spec) throws IOException {
        synchronized (lock(spec.id())) {
            Optional<SandboxState> known = sandboxState(spec.id());
            return known.isPresent() ? known.get() : makeSandbox(spec);
        }
    }

    private synchronized Optional<SandboxState> sandboxState(String sandboxId) {
        return Optional.ofNullable(sandboxStates.get(sandboxId));
    }

    private SandboxState makeSandbox(SandboxSpec spec) throws IOException {
        if (!spec.sysctls().isEmpty()) {
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED,
                    "the process runtime gives no pod kernel settings of its own: "
                            + spec.sysctls().keySet());
        }
        Path directory = sandboxDirectory.resolve(StateFiles.nameOf(spec.id()));
        Files.createDirectories(directory);
        boolean own = !spec.namespaces().hostNetwork();
        String address = own ? addresses.take() : LOOPBACK;
        try {
            if (machine.mounts().get().isPresent()) {
                PodFiles.write(directory, spec, address);
            }
            Instant now = now();
            ProcessSandbox made = new ProcessSandbox(spec, address, false, now.toString(), ProcessSandbox.bootId());
            StateFiles.write(directory.resolve("sandbox.json"), json.of(made));
            return know(made, now);
        } catch (IOException e) {
            if (own) {
                addresses.release(address);
            }
            throw e;
        }
    }

    void markStopped(String sandboxId) throws IOException {
        synchronized (lock(sandboxId)) {
            ProcessSandbox sandbox = sandbox(sandboxId).orElse(null);
            if (sandbox != null && !sandbox.stopped()) {
                ProcessSandbox stopped = sandbox.stop();
                Path directory = sandboxDirectory.resolve(StateFiles.nameOf(sandboxId));
                StateFiles.write(directory.resolve("sandbox.json"), json.of(stopped));
                know(stopped, Instant.parse(stopped.createdAt()));
                if (!sandbox.spec().namespaces().hostNetwork()) {
                    addresses.release(sandbox.address());
                }
            }
        }
    }

    void forgetSandbox(String sandboxId) throws IOException {
        synchronized (lock(sandboxId)) {
            StateFiles.remove(sandboxDirectory.resolve(StateFiles.nameOf(sandboxId)));
            synchronized (this) {
                sandboxes.remove(sandboxId);
                sandboxStates.remove(sandboxId);
            }
        }
    }

    void createContainer(ContainerSpec spec) throws IOException {
        synchronized (lock(spec.sandboxId())) {
            if (find(spec.id()).isEmpty()) {
                makeContainer(spec);
            }
        }
    }

    private void makeContainer(ContainerSpec spec) throws IOException {
        if (sandbox(spec.sandboxId()).filter(ProcessSandbox::ready).isEmpty()) {
            throw new RuntimeFailure(Kind.NOT_FOUND, "no running sandbox " + spec.sandboxId());
        }
        if (!spec.mounts().isEmpty() && machine.mounts().get().isEmpty()) {
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED, "this machine does not let the process runtime mount volumes into a container");
        }
        if (spec.security().readOnlyRootFilesystem()
                && machine.mounts().get().filter(ProcessMounts::canBeReadOnly).isEmpty()) {
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED,
                    "this machine does not let the process runtime make a container's root read-only");
        }
        machine.privileges().check(spec.security());
        ContainerCommands.check(spec.security(), machine);
        if (!machine.privileges().words(spec.security()).isEmpty()) {
            LateVariables.check(spec.env());
        }
        List<String> command = images.commandOf(spec.image(), spec.command(), spec.args());
        Path directory = containerDirectory.resolve(StateFiles.nameOf(spec.id()));
        StateFiles.remove(directory);
        StateFiles.makePassable(containerDirectory);
        StateFiles.makePassable(directory);
        machine.privileges().give(Files.createDirectory(directory.resolve("work")), spec.security());
        machine.privileges().give(StateFiles.makeOwn(directory.resolve("log")), spec.security());
        Instant now = now();
        ProcessContainer.Stored stored =
                new ProcessContainer.Stored(spec, now.toString(), command, files(spec.sandboxId()));
        StateFiles.write(directory.resolve("container.json"), json.of(stored));
        ProcessContainer made = new ProcessContainer(directory, stored, now, machine);
        synchronized (this) {
            containers.put(spec.id(), made);
        }
    }

    /** What every container of the sandbox is shown beside its own mounts. */
    private List<ContainerSpec.Mount> files(String sandboxId) {
        return machine.mounts().get().isEmpty()
                ? List.of()
                : PodFiles.mounts(sandboxDirectory.resolve(StateFiles.nameOf(sandboxId)));
    }

    /** Whether containers are held to their limits. */
    boolean isLimiting() {
        return machine.limits().groups().isPresent();
    }

    /** Whether containers may run as any user. */
    boolean hasUsers() {
        return machine.privileges().changing();
    }

    void resize(ProcessContainer container, ContainerSpec.Resources resources) throws IOException {
        synchronized (lock(container.spec().sandboxId())) {
            StateFiles.write(container.directory().resolve("container.json"), json.of(container.resize(resources)));
        }
    }

    void forgetContainer(ProcessContainer container) throws IOException {
        synchronized (lock(container.spec().sandboxId())) {
            synchronized (this) {
                going.add(container);
            }
            try {
                // the description goes first: a removal that is cut short leaves nothing to adopt
                Files.deleteIfExists(container.directory().resolve("container.json"));
                StateFiles.remove(container.directory());
                boolean gone = machine.limits().remove(container.spec());
                synchronized (this) {
                    leftovers |= !gone;
                    containers.remove(container.spec().id());
                }
            } finally {
                synchronized (this) {
                    going.remove(container);
                }
            }
        }
    }
}
