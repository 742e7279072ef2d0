package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStateWaiting;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.HostIP;
import io.orchestrator.api.model.core.PodIP;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.api.model.core.PodStatus;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.SandboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The status of a pod, computed from its facts. Pure: the same facts give an equal status, so that nothing is written twice. */
final class PodReport {
    private static final String CREATING = "ContainerCreating";
    private static final String INITIALIZING = "PodInitializing";
    private static final Set<String> WAYS = Set.of(CREATING, INITIALIZING);

    private final PodFacts facts;
    private final String hostIp;
    private final Optional<PodOutcome> outcome;
    private final ContainerReport containers;

    private PodReport(PodFacts facts, String runtimeName, String hostIp) {
        this.facts = facts;
        this.hostIp = hostIp;
        this.outcome = PodOutcome.of(facts);
        boolean over = outcome.isPresent() || facts.intent() != PodFacts.Intent.RUN;
        this.containers = new ContainerReport(facts, runtimeName, over);
    }

    /** @param runtimeName the scheme of container ids */
    static PodStatus of(PodFacts facts, String runtimeName, String hostIp) {
        return new PodReport(facts, runtimeName, hostIp).build();
    }

    /** Whether a status says no more than that the pod has come here and that nothing of it runs yet. */
    static boolean isAboutToBegin(PodFacts facts, PodStatus status) {
        return facts.intent() == PodFacts.Intent.RUN
                && facts.containers().stream().allMatch(container -> container.phase() == ContainerState.Phase.CREATED)
                && status.phase().equals(PodPhase.PENDING)
                && status.resize().isEmpty()
                && status.ephemeralContainerStatuses().isEmpty()
                && Stream.of(status.initContainerStatuses(), status.containerStatuses())
                        .flatMap(List::stream)
                        .allMatch(PodReport::isOnItsWay);
    }

    private static boolean isOnItsWay(ContainerStatus status) {
        ContainerStateWaiting waiting = status.state().waiting();
        return waiting != null
                && WAYS.contains(waiting.reason())
                && waiting.message().isEmpty()
                && status.restartCount() == 0
                && status.lastState().terminated() == null;
    }

    private PodStatus build() {
        PodStatus before = facts.pod().status();
        PodMemory.Rejection rejection = facts.memory().rejection();
        if (rejection != null && facts.containers().isEmpty()) {
            return PodStatusBuilder.builder(before)
                    .phase(PodPhase.FAILED)
                    .reason(rejection.reason())
                    .message(rejection.message())
                    .startTime(startTime(before))
                    .qosClass(QosClass.of(facts.pod()))
                    .build();
        }
        if (PodPlan.isOver(facts) && facts.containers().isEmpty()) {
            return before;
        }
        boolean initialized = isInitialized();
        List<ContainerStatus> inits = facts.pod().spec().initContainers().stream()
                .map(container -> containers.of(container, true, INITIALIZING))
                .toList();
        Failure failure = facts.memory().sandboxFailure();
        Failure blocked = failure != null && Blocked.isReason(failure.reason()) ? failure : null;
        String waitingFor = blocked != null ? "Blocked" : initialized || inits.isEmpty() ? CREATING : INITIALIZING;
        List<ContainerStatus> mains = facts.pod().spec().containers().stream()
                .map(container -> containers.ofMain(container, waitingFor))
                .toList();
        // while something still runs, others must not take the pod for ended
        String phase = outcome.filter(end -> facts.running().isEmpty() || PodPlan.isOver(facts))
                .map(PodOutcome::phase)
                .orElseGet(() -> phase(mains, initialized));
        PodStatusBuilder status = PodStatusBuilder.builder(before)
                .phase(phase)
                .reason(outcome.map(PodOutcome::reason)
                        .orElseGet(() -> blocked == null ? remaining(before, before.reason()) : blocked.reason()))
                .message(outcome.map(PodOutcome::message)
                        .orElseGet(() -> blocked == null ? remaining(before, before.message()) : blocked.message()))
                .startTime(startTime(before))
                .hostIP(hostIp)
                .hostIPs(List.of(new HostIP(hostIp)))
                .qosClass(QosClass.of(facts.pod()))
                .resize(resize())
                .initContainerStatuses(inits)
                .containerStatuses(mains)
                .ephemeralContainerStatuses(EphemeralSpecs.of(facts.pod())
                        .map(container -> containers.of(container, false, CREATING))
                        .toList());
        addresses(status, before);
        return status.conditions(PodConditions.of(facts, phase, initialized, inits, mains))
                .build();
    }

    /** What others wrote stays; what held the pod up does not once it goes on. */
    private static String remaining(PodStatus before, String text) {
        return Blocked.isReason(before.reason()) ? "" : text;
    }

    /** How far a change of the pod's resources has come. */
    private String resize() {
        PodAllocation allocation = facts.memory().allocation();
        if (allocation == null) {
            return facts.pod().status().resize();
        }
        if (outcome.isPresent() || facts.intent() != PodFacts.Intent.RUN) {
            return "";
        }
        boolean underWay = facts.pod().spec().containers().stream().anyMatch(this::isResizing);
        return !allocation.verdict().isEmpty() ? allocation.verdict() : underWay ? PodResizeStatus.IN_PROGRESS : "";
    }

    private boolean isResizing(Container container) {
        return facts.latest(container.name())
                .filter(state -> state.phase() == ContainerState.Phase.RUNNING
                        ? facts.change(container, state).isPresent()
                        : facts.isToRestart(state))
                .isPresent();
    }

    private Time startTime(PodStatus before) {
        return before.startTime() == null ? Time.of(facts.now()) : before.startTime();
    }

    /** A pod keeps its address in the status after its sandbox is gone, as people look it up then. */
    private void addresses(PodStatusBuilder status, PodStatus before) {
        List<String> addresses = facts.pod().spec().hostNetwork()
                ? facts.readySandbox().map(sandbox -> List.of(hostIp)).orElse(List.of())
                : facts.readySandbox().map(SandboxState::addresses).orElse(List.of());
        if (!addresses.isEmpty()) {
            status.podIP(addresses.get(0))
                    .podIPs(addresses.stream().map(PodIP::new).toList());
        } else {
            status.podIP(before.podIP()).podIPs(before.podIPs());
        }
    }

    private boolean isInitialized() {
        List<Container> begun = new ArrayList<>(facts.pod().spec().containers());
        if (begun.stream().anyMatch(container -> facts.current(container.name()).isPresent())) {
            return true;
        }
        return facts.pod().spec().initContainers().stream()
                .allMatch(init -> facts.current(init.name())
                        .filter(state -> PodFacts.isSidecar(init)
                                ? state.phase() == ContainerState.Phase.RUNNING && facts.isStarted(state)
                                : state.phase() == ContainerState.Phase.EXITED && PodPlan.exitCode(state) == 0)
                        .isPresent());
    }

    /** As the kubelet has it. */
    private String phase(List<ContainerStatus> mains, boolean initialized) {
        if (facts.intent() != PodFacts.Intent.RUN && facts.running().isEmpty()) {
            boolean succeeded = !mains.isEmpty()
                    && mains.stream()
                            .allMatch(status -> status.state().terminated() != null
                                    && status.state().terminated().exitCode() == 0);
            return succeeded ? PodPhase.SUCCEEDED : PodPhase.FAILED;
        }
        if (!initialized && mains.stream().allMatch(PodReport::neverBegan)) {
            return PodPhase.PENDING;
        }
        if (mains.stream().anyMatch(PodReport::neverBegan)) {
            return PodPhase.PENDING;
        }
        return PodPhase.RUNNING;
    }

    private static boolean neverBegan(ContainerStatus status) {
        return status.state().waiting() != null && status.lastState().terminated() == null;
    }
}
