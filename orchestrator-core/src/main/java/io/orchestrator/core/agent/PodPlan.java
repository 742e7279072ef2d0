package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.RestartPolicy;
import io.orchestrator.core.agent.PodAction.CreateSandbox;
import io.orchestrator.core.agent.PodAction.Farewell;
import io.orchestrator.core.agent.PodAction.Forget;
import io.orchestrator.core.agent.PodAction.Idle;
import io.orchestrator.core.agent.PodAction.Launch;
import io.orchestrator.core.agent.PodAction.MakeVolumes;
import io.orchestrator.core.agent.PodAction.RemoveContainer;
import io.orchestrator.core.agent.PodAction.RemoveSandbox;
import io.orchestrator.core.agent.PodAction.ResizeContainer;
import io.orchestrator.core.agent.PodAction.StopContainers;
import io.orchestrator.core.agent.PodAction.StopSandbox;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do next for a pod, from what is asked and what is. Pure: the whole of a pod's life is in here, and it may be
 * asked again at any moment, also by an agent that has just started.
 */
final class PodPlan {
    private static final Duration STOP_RETRY = Duration.ofSeconds(5);

    private final PodFacts facts;
    private @Nullable Instant wake;

    private PodPlan(PodFacts facts) {
        this.facts = facts;
    }

    static PodAction next(PodFacts facts) {
        return new PodPlan(facts).next();
    }

    private PodAction next() {
        Instant failed = facts.memory().stopFailedAt();
        if (failed != null && facts.now().isBefore(failed.plus(STOP_RETRY))) {
            return new Idle(failed.plus(STOP_RETRY));
        }
        return switch (facts.intent()) {
            case RUN -> run();
            case TERMINATE -> terminate();
            case REMOVE -> clear(new Forget(false));
        };
    }

    // ---- the end

    private PodAction terminate() {
        if (!facts.running().isEmpty()) {
            return endNext(facts.graceLeft());
        }
        if (facts.memory().farewell() == null) {
            return new Farewell();
        }
        return facts.memory().reported() ? clear(new Forget(true)) : new Idle(null);
    }

    private PodAction clear(PodAction last) {
        if (!facts.running().isEmpty()) {
            return endNext(facts.graceSeconds());
        }
        if (!facts.sandboxes().isEmpty()) {
            return new RemoveSandbox(facts.sandboxes().get(0).id());
        }
        return facts.containers().isEmpty()
                ? last
                : new RemoveContainer(facts.containers().get(0).id());
    }

    /**
     * Sidecars serve to the end: they go one by one, the last first, when all others have gone. What they want done before that begins
     * with the others' end.
     */
    private StopContainers endNext(long graceSeconds) {
        List<ContainerState> running = facts.running();
        if (facts.graceSeconds() == 0) {
            return stop(running, 0, "");
        }
        List<String> sidecars = facts.pod().spec().initContainers().stream()
                .filter(PodFacts::isSidecar)
                .map(Container::name)
                .toList();
        List<ContainerState> others = running.stream()
                .filter(state -> !sidecars.contains(state.name()))
                .toList();
        List<ContainerState> first = others.isEmpty()
                ? running.stream()
                        .max(Comparator.comparingInt(state -> sidecars.indexOf(state.name())))
                        .map(List::of)
                        .orElseThrow()
                : others;
        List<ContainerState> later =
                running.stream().filter(state -> !first.contains(state)).toList();
        return new StopContainers(ids(first), Duration.ofSeconds(graceSeconds), "", false, ids(later));
    }

    private static StopContainers stop(List<ContainerState> containers, long graceSeconds, String why) {
        return new StopContainers(ids(containers), Duration.ofSeconds(graceSeconds), why);
    }

    private static List<String> ids(List<ContainerState> containers) {
        return containers.stream().map(ContainerState::id).toList();
    }

    // ---- the life

    private PodAction run() {
        if (PodOutcome.of(facts).isPresent()) {
            return rest();
        }
        PodOutcome.deadline(facts.pod()).ifPresent(this::wakeAt);
        Optional<SandboxState> sandbox = facts.readySandbox();
        if (sandbox.isEmpty()) {
            return sandboxAgain();
        }
        if (!facts.memory().volumesReady()) {
            Failure failure = facts.memory().volumeFailure();
            return failure != null && failure.isResting(facts.now()) ? new Idle(failure.retryAt()) : new MakeVolumes();
        }
        PodAction action = isInitialized() ? containers() : initialize();
        if (action != null) {
            return action;
        }
        PodAction cleaning = cleanUp(sandbox.get());
        return cleaning != null ? cleaning : new Idle(wake);
    }

    /** The pod has succeeded or failed: what still runs ends, and its address is given back; logs stay. */
    private PodAction rest() {
        if (!facts.running().isEmpty()) {
            return endNext(facts.graceSeconds());
        }
        return facts.sandboxes().stream()
                .filter(SandboxState::ready)
                .findFirst()
                .<PodAction>map(sandbox -> new StopSandbox(sandbox.id()))
                .orElseGet(() -> new Idle(null));
    }

    private PodAction sandboxAgain() {
        // what outlived its sandbox has lost its network: it ends before the next one begins
        if (!facts.running().isEmpty()) {
            return stop(
                    facts.running(), facts.graceSeconds(), "Pod sandbox changed, it will be killed and re-created.");
        }
        Failure failure = facts.memory().sandboxFailure();
        if (failure != null && failure.isResting(facts.now())) {
            return new Idle(failure.retryAt());
        }
        return new CreateSandbox(facts.sandbox().map(dead -> dead.attempt() + 1).orElse(0));
    }

    private boolean isInitialized() {
        return facts.pod().spec().containers().stream()
                .anyMatch(container -> facts.current(container.name()).isPresent());
    }

    private @Nullable PodAction initialize() {
        for (Container init : facts.pod().spec().initContainers()) {
            Optional<ContainerState> current = facts.current(init.name());
            boolean sidecar = PodFacts.isSidecar(init);
            if (current.isEmpty()) {
                return launch(init);
            }
            ContainerState state = current.get();
            switch (state.phase()) {
                case CREATED -> {
                    return launch(init);
                }
                case RUNNING -> {
                    PodAction repair = sidecar ? repair(init, state) : null;
                    if (repair != null || !sidecar || !facts.isStarted(state)) {
                        return repair;
                    }
                }
                case EXITED -> {
                    if (sidecar || exitCode(state) != 0) {
                        return again(init, state);
                    }
                }
            }
        }
        return containers();
    }

    private @Nullable PodAction containers() {
        List<Container> all = new ArrayList<>();
        facts.pod().spec().initContainers().stream().filter(PodFacts::isSidecar).forEach(all::add);
        all.addAll(facts.pod().spec().containers());
        EphemeralSpecs.of(facts.pod()).forEach(all::add);
        PodAction first = null;
        for (Container container : all) {
            PodAction action = keep(container);
            // ends go before starts: what is ill must not wait for another one's image
            if (action instanceof StopContainers) {
                return action;
            }
            first = first == null ? action : first;
        }
        return first;
    }

    private @Nullable PodAction keep(Container container) {
        Optional<ContainerState> current = facts.current(container.name());
        if (current.isEmpty() || current.get().phase() == Phase.CREATED) {
            return mayBegin(container) ? launch(container) : null;
        }
        ContainerState state = current.get();
        if (state.phase() == Phase.RUNNING) {
            return repair(container, state);
        }
        return restarts(container, state) ? again(container, state) : null;
    }

    /** A container of an earlier sandbox that is not to be restarted is not begun anew in the next one either. */
    private boolean mayBegin(Container container) {
        Optional<ContainerState> latest = facts.latest(container.name());
        return latest.isEmpty()
                || latest.get().phase() != Phase.EXITED
                || facts.current(container.name()).isPresent()
                || restarts(container, latest.get());
    }

    private boolean restarts(Container container, ContainerState ended) {
        return facts.isToRestart(ended) || restarts(facts.pod(), container, ended);
    }

    /** Whether its restart policy has a container start again that ended so. */
    static boolean restarts(Pod pod, Container container, ContainerState ended) {
        String policy = container.restartPolicy() != null
                ? container.restartPolicy()
                : pod.spec().restartPolicy();
        return switch (policy) {
            case RestartPolicy.NEVER -> false;
            case RestartPolicy.ON_FAILURE -> exitCode(ended) != 0;
            default -> true;
        };
    }

    /** As {@link #restarts}; an init container that has done its work is not to do it again. */
    static boolean startsAgain(Pod pod, Container container, ContainerState ended) {
        boolean init =
                container.restartPolicy() == null && pod.spec().initContainers().contains(container);
        return restarts(pod, container, ended) && !(init && exitCode(ended) == 0);
    }

    private @Nullable PodAction repair(Container container, ContainerState running) {
        PodMemory.Verdict verdict = facts.memory().verdict(running.id());
        if (!verdict.failing().isEmpty()) {
            long grace = verdict.failingGrace() != null ? verdict.failingGrace() : facts.graceSeconds();
            return stop(
                    List.of(running),
                    grace,
                    "Container " + container.name() + " failed " + verdict.failing() + " probe"
                            + (mayFail(container) ? ", will be restarted" : ""));
        }
        if (!running.image().equals(container.image())) {
            return stop(
                    List.of(running),
                    facts.graceSeconds(),
                    "Container " + container.name() + " definition changed, will be restarted");
        }
        return resize(container, running);
    }

    /** Whether one that fails is begun anew. */
    private boolean mayFail(Container container) {
        return container.restartPolicy() != null
                || !RestartPolicy.NEVER.equals(facts.pod().spec().restartPolicy());
    }

    private @Nullable PodAction resize(Container container, ContainerState running) {
        Optional<Resources> wanted = facts.change(container, running);
        if (wanted.isEmpty()) {
            return null;
        }
        if (facts.mustRestart(container, wanted.get(), running)) {
            if (!facts.isResizeReported()) {
                return null;
            }
            return new StopContainers(
                    List.of(running.id()),
                    Duration.ofSeconds(facts.graceSeconds()),
                    "Container " + container.name() + " resize requires restart",
                    true);
        }
        Failure failure = facts.memory().resizeFailure();
        if (failure != null && failure.isResting(facts.now())) {
            wakeAt(failure.retryAt());
            return null;
        }
        return new ResizeContainer(running.id(), container.name(), wanted.get());
    }

    private @Nullable PodAction again(Container container, ContainerState ended) {
        Instant at = RestartBackoff.restartAt(ended, container.image());
        if (facts.now().isBefore(at) && !facts.isToRestart(ended)) {
            facts.memory()
                    .launchFailure(container.name())
                    .filter(failure -> failure.isFresh(facts.now()))
                    .ifPresent(failure -> wakeAt(failure.freshUntil()));
            wakeAt(at);
            return null;
        }
        return launch(container);
    }

    private @Nullable PodAction launch(Container container) {
        Optional<Failure> failure = facts.memory().launchFailure(container.name());
        if (failure.isPresent() && failure.get().isResting(facts.now())) {
            wakeAt(
                    failure.get().isFresh(facts.now())
                            ? failure.get().freshUntil()
                            : failure.get().retryAt());
            return null;
        }
        Optional<ContainerState> latest = facts.latest(container.name());
        if (latest.isEmpty()) {
            return new Launch(container.name(), attemptAfterLoss(container.name()), 0);
        }
        ContainerState state = latest.get();
        boolean unbegun = state.phase() == Phase.CREATED
                && facts.current(container.name()).isPresent();
        int quickEnds = unbegun || facts.isToRestart(state)
                ? RestartBackoff.quickEnds(state.annotations())
                : RestartBackoff.quickEndsAfter(state, container.image());
        return new Launch(container.name(), unbegun ? state.attempt() : state.attempt() + 1, quickEnds);
    }

    /** The runtime knows no attempt: the count goes on from what the API had. */
    private int attemptAfterLoss(String name) {
        return facts.reported(name)
                .filter(status -> !status.containerID().isEmpty())
                .map(status -> status.restartCount() + 1)
                .orElse(0);
    }

    /** Sandboxes that died, and ended attempts before the last one, whose log is still asked for. */
    private @Nullable PodAction cleanUp(SandboxState ready) {
        for (SandboxState sandbox : facts.sandboxes()) {
            boolean needed = facts.containers().stream()
                    .anyMatch(container -> container.sandboxId().equals(sandbox.id()) && isKept(container));
            if (sandbox.attempt() < ready.attempt() && !needed) {
                return new RemoveSandbox(sandbox.id());
            }
        }
        return facts.containers().stream()
                .filter(container -> container.phase() == Phase.EXITED && !isKept(container))
                .min(Comparator.comparingInt(ContainerState::attempt))
                .<PodAction>map(container -> new RemoveContainer(container.id()))
                .orElse(null);
    }

    private boolean isKept(ContainerState container) {
        int newest = facts.latest(container.name()).map(ContainerState::attempt).orElse(0);
        return container.attempt() >= newest - 1;
    }

    private void wakeAt(Instant at) {
        if (wake == null || at.isBefore(wake)) {
            wake = at;
        }
    }

    static int exitCode(ContainerState ended) {
        Integer code = ended.exitCode();
        return code == null ? 128 + 9 : code;
    }

    /** Whether the API already has the pod's end. */
    static boolean isOver(PodFacts facts) {
        String phase = facts.pod().status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }
}
