package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pods of one node as directories, and what is known of them in memory. The maps are guarded by this object's monitor,
 * which is held for file operations only, never while a process is awaited.
 */
final class ProcessNode {
    private static final String LOOPBACK = "127.0.0.1";

    private final Path sandboxDirectory;
    private final Path containerDirectory;
    private final PodAddresses addresses;
    private final ProcessImages images;
    private final Supplier<Optional<ProcessMounts>> mounts;
    private final Clock clock;
    private final StateFiles files = new StateFiles();
    private final Map<String, ProcessSandbox> sandboxes = new LinkedHashMap<>();
    private final Map<String, ProcessContainer> containers = new LinkedHashMap<>();

    ProcessNode(
            Path directory,
            PodAddresses addresses,
            ProcessImages images,
            Supplier<Optional<ProcessMounts>> mounts,
            Clock clock)
            throws IOException {
        this.sandboxDirectory = directory.resolve("sandboxes");
        this.containerDirectory = directory.resolve("containers");
        this.addresses = addresses;
        this.images = images;
        this.mounts = mounts;
        this.clock = clock;
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
            sandboxes.put(sandbox.spec().id(), sandbox);
        }
        for (Path child : StateFiles.children(containerDirectory)) {
            if (!Files.exists(child.resolve("container.json"))) {
                StateFiles.remove(child);
                continue;
            }
            ProcessContainer.Stored stored = files.read(child.resolve("container.json"), ProcessContainer.Stored.class);
            containers.put(stored.spec().id(), new ProcessContainer(child, stored, mounts, clock));
        }
    }

    synchronized RuntimeState state() throws IOException {
        List<io.orchestrator.spi.runtime.ContainerState> states = new ArrayList<>();
        for (ProcessContainer container : containers.values()) {
            states.add(container.state());
        }
        return new RuntimeState(
                sandboxes.values().stream().map(ProcessSandbox::state).toList(), states);
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

    synchronized ProcessSandbox createSandbox(SandboxSpec spec) throws IOException {
        ProcessSandbox known = sandboxes.get(spec.id());
        if (known != null) {
            return known;
        }
        Path directory = sandboxDirectory.resolve(StateFiles.nameOf(spec.id()));
        Files.createDirectories(directory);
        boolean own = !spec.namespaces().hostNetwork();
        String address = own ? addresses.take() : LOOPBACK;
        try {
            if (mounts.get().isPresent()) {
                PodFiles.write(directory, spec, address);
            }
            ProcessSandbox made =
                    new ProcessSandbox(spec, address, false, clock.instant().toString(), ProcessSandbox.bootId());
            files.write(directory.resolve("sandbox.json"), made);
            sandboxes.put(spec.id(), made);
            return made;
        } catch (IOException e) {
            if (own) {
                addresses.release(address);
            }
            throw e;
        }
    }

    synchronized void markStopped(String sandboxId) throws IOException {
        ProcessSandbox sandbox = sandboxes.get(sandboxId);
        if (sandbox != null && !sandbox.stopped()) {
            ProcessSandbox stopped = sandbox.stop();
            Path directory = sandboxDirectory.resolve(StateFiles.nameOf(sandboxId));
            files.write(directory.resolve("sandbox.json"), stopped);
            sandboxes.put(sandboxId, stopped);
            if (!sandbox.spec().namespaces().hostNetwork()) {
                addresses.release(sandbox.address());
            }
        }
    }

    synchronized void forgetSandbox(String sandboxId) throws IOException {
        StateFiles.remove(sandboxDirectory.resolve(StateFiles.nameOf(sandboxId)));
        sandboxes.remove(sandboxId);
    }

    synchronized void createContainer(ContainerSpec spec) throws IOException {
        if (containers.containsKey(spec.id())) {
            return;
        }
        ProcessSandbox sandbox = sandboxes.get(spec.sandboxId());
        if (sandbox == null || !sandbox.ready()) {
            throw new RuntimeFailure(Kind.NOT_FOUND, "no running sandbox " + spec.sandboxId());
        }
        if (!spec.mounts().isEmpty() && mounts.get().isEmpty()) {
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED, "this machine does not let the process runtime mount volumes into a container");
        }
        List<String> command = images.commandOf(spec.image(), spec.command(), spec.args());
        Path directory = containerDirectory.resolve(StateFiles.nameOf(spec.id()));
        StateFiles.remove(directory);
        Files.createDirectories(directory.resolve("work"));
        Files.createFile(directory.resolve("log"));
        ProcessContainer.Stored stored =
                new ProcessContainer.Stored(spec, clock.instant().toString(), command, files(spec.sandboxId()));
        files.write(directory.resolve("container.json"), stored);
        containers.put(spec.id(), new ProcessContainer(directory, stored, mounts, clock));
    }

    /** What every container of the sandbox is shown beside its own mounts. */
    private List<ContainerSpec.Mount> files(String sandboxId) {
        return mounts.get().isEmpty()
                ? List.of()
                : PodFiles.mounts(sandboxDirectory.resolve(StateFiles.nameOf(sandboxId)));
    }

    synchronized void forgetContainer(ProcessContainer container) throws IOException {
        // the description goes first: a removal that is cut short leaves nothing to adopt
        Files.deleteIfExists(container.directory().resolve("container.json"));
        StateFiles.remove(container.directory());
        containers.remove(container.spec().id());
    }
}
