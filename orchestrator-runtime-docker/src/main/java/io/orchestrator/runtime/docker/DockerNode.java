package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerStats;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.Images;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.ResizableContainers;
import io.orchestrator.spi.runtime.RuntimeInfo;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.spi.runtime.SharedMounts;
import io.orchestrator.spi.runtime.WritableLayers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine as one node sees it. */
final class DockerNode implements ContainerRuntime, ResizableContainers, SharedMounts, WritableLayers {
    private static final Duration STATS_DEADLINE = Duration.ofSeconds(10);
    private static final Path PROC = Path.of("/proc");
    private static final String ARMORED = "name=apparmor";

    private final DockerEngine engine;
    private final DockerClient docker;
    private final EngineCalls calls;
    private final DockerSandboxes sandboxes;
    private final DockerContainers containers;
    private final DockerSessions sessions;
    private final DockerStats stats;
    private final StateReader state;
    private final EngineEvents events;
    private final Consumer<DockerNode> closed;
    private final InFlight<SandboxState> sandboxCreates = new InFlight<>();
    private final InFlight<Void> containerCreates = new InFlight<>();
    private final InFlight<Void> containerStarts = new InFlight<>();

    /** @param closed told when this view has been closed */
    DockerNode(DockerEngine engine, RuntimeOwner owner, Consumer<DockerNode> closed) {
        this.closed = closed;
        this.engine = engine;
        this.docker = engine.client();
        this.calls = engine.calls();
        this.sandboxes = new DockerSandboxes(
                docker, owner, engine, engine.network(owner.clusterId()), engine.bridge(owner.clusterId()));
        this.containers = new DockerContainers(docker, owner, engine.records());
        this.sessions = new DockerSessions(engine);
        this.stats = new DockerStats(docker, engine);
        this.state = new StateReader(docker, owner, sandboxes);
        this.events = new EngineEvents(docker, owner, engine.clock(), engine.timers(), new Happenings());
    }

    private final class Happenings implements EngineEvents.First {
        @Override
        public void happened(String action, String container, Map<String, String> attributes) {
            state.happened(action, container);
            sandboxes.happened(action, container, attributes);
        }

        @Override
        public void missed() {
            state.forgetAll();
        }
    }

    @Override
    public CompletionStage<RuntimeInfo> info() {
        return calls.call("version", () -> {
            var version = docker.versionCmd().exec();
            return new RuntimeInfo(
                    "docker",
                    version.getVersion(),
                    engine.apiVersion(),
                    abilities(docker.infoCmd().exec().getSecurityOptions()));
        });
    }

    /** @param security what the engine says that its machine has; null where it says nothing */
    static Set<Ability> abilities(@Nullable List<String> security) {
        Set<Ability> abilities = EnumSet.complementOf(EnumSet.of(Ability.RUNTIME_HANDLERS, Ability.APP_ARMOR));
        if (security != null && security.stream().anyMatch(option -> option.startsWith(ARMORED))) {
            abilities.add(Ability.APP_ARMOR);
        }
        return abilities;
    }

    @Override
    public CompletionStage<RuntimeState> list() {
        return calls.call("list containers", state::read);
    }

    @Override
    public AutoCloseable onChange(Consumer<String> podUid) {
        return events.listen(podUid);
    }

    @Override
    public CompletionStage<SandboxState> createSandbox(SandboxSpec spec) {
        return sandboxCreates.share(
                spec.id(),
                () -> engine.sandboxes()
                        .take(() -> calls.call("create sandbox " + spec.id(), () -> createSandboxNow(spec))));
    }

    private SandboxState createSandboxNow(SandboxSpec spec) {
        InspectContainerResponse made = sandboxes.create(spec);
        state.learn(made);
        return sandboxes.stateOf(made);
    }

    @Override
    public CompletionStage<Void> stopSandbox(String sandboxId) {
        return engine.removals().take(() -> calls.run("stop sandbox " + sandboxId, () -> sandboxes.stop(sandboxId)));
    }

    @Override
    public CompletionStage<Void> removeSandbox(String sandboxId) {
        return engine.removals()
                .take(() -> calls.run("remove sandbox " + sandboxId, () -> sandboxes.remove(sandboxId)));
    }

    @Override
    public CompletionStage<Void> createContainer(ContainerSpec spec) {
        return containerCreates.share(
                spec.id(),
                () -> engine.containers()
                        .take(() -> calls.run("create container " + spec.id(), () -> containers.create(spec))));
    }

    @Override
    public CompletionStage<Void> startContainer(String containerId) {
        return containerStarts.share(
                containerId,
                () -> engine.containers()
                        .take(() -> calls.run("start container " + containerId, () -> startNow(containerId))));
    }

    private void startNow(String containerId) {
        try {
            containers.start(containerId);
        } catch (RuntimeException e) {
            // It may be known as created, and has a code of its failure now.
            state.forgetNamed(containers.nameOf(containerId));
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> stopContainer(String containerId, Duration grace) {
        return engine.stops(grace)
                .take(() -> calls.run(
                        "stop container " + containerId,
                        grace.plus(engine.deadline()),
                        () -> containers.stop(containerId, grace)));
    }

    @Override
    public CompletionStage<Void> removeContainer(String containerId) {
        return engine.removals()
                .take(() -> calls.run("remove container " + containerId, () -> {
                    containers.remove(containerId);
                    stats.forget(containers.nameOf(containerId));
                }));
    }

    @Override
    public CompletionStage<Void> resize(String containerId, ContainerSpec.Resources resources) {
        return calls.run(
                "resize container " + containerId, () -> state.forget(containers.resize(containerId, resources)));
    }

    @Override
    public Images images() {
        return engine.images();
    }

    @Override
    public CompletionStage<LogStream> logs(String containerId, LogQuery query) {
        FrameLog log = new FrameLog(query.limitBytes());
        var command = docker.logContainerCmd(containers.nameOf(containerId))
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(query.follow())
                .withTimestamps(query.timestamps());
        if (query.tail() != null) {
            command.withTail(query.tail());
        } else {
            command.withTailAll();
        }
        if (query.since() != null) {
            command.withSince((int) query.since().getEpochSecond());
        }
        String what = "logs of " + containerId;
        command.exec(log.callback());
        return EngineCalls.withDeadline(what, engine.deadline(), log.opened())
                .<LogStream>thenApply(opened -> log)
                .whenComplete((opened, error) -> {
                    if (error != null) {
                        log.close();
                    }
                });
    }

    @Override
    public CompletionStage<ExecSession> exec(String containerId, ExecSpec spec) {
        return calls.call("exec in " + containerId, () -> sessions.exec(containers.nameOf(containerId), spec));
    }

    @Override
    public CompletionStage<ExecSession> attach(String containerId, boolean stdin) {
        return calls.call("attach to " + containerId, () -> sessions.attach(containers.nameOf(containerId), stdin));
    }

    @Override
    public CompletionStage<Boolean> sees(String sandboxId, Path place) {
        return calls.call("inspect sandbox " + sandboxId, () -> {
            var sandbox =
                    docker.inspectContainerCmd(containers.nameOf(sandboxId)).exec();
            Long pid = sandbox.getState().getPidLong();
            return pid != null && pid > 0 && EngineMounts.see(sandbox.getId(), pid, place, PROC);
        });
    }

    @Override
    public CompletionStage<Long> writtenBytes(String containerId) {
        return calls.call("size of " + containerId, () -> containers.writtenBytes(containerId));
    }

    @Override
    public CompletionStage<ContainerStats> stats(String containerId) {
        return calls.call("stats of " + containerId, STATS_DEADLINE, () -> stats.of(containers.nameOf(containerId)));
    }

    @Override
    public void close() {
        events.close();
        closed.accept(this);
    }
}
