package io.orchestrator.core.agent;

import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.LaunchFailure.Kind;
import io.orchestrator.core.agent.PodAction.CreateSandbox;
import io.orchestrator.core.agent.PodAction.Launch;
import io.orchestrator.core.agent.PodAction.MakeVolumes;
import io.orchestrator.core.agent.PodAction.ResizeContainer;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is remembered and told of an operation's end. Owned by the pod's lane. */
final class PodNews {
    private final Events events;
    private final Set<String> told = new HashSet<>();

    PodNews(Events events) {
        this.events = events;
    }

    /** The memory after this action. @param failure null for success */
    PodMemory after(PodAction action, @Nullable Throwable failure, PodFacts facts) {
        PodMemory memory = facts.memory();
        Pod pod = facts.pod();
        if (action instanceof Launch launch) {
            return memory.launch(launch.container(), failure == null ? null : launchFailure(launch, failure, facts));
        }
        if (action instanceof CreateSandbox create) {
            if (failure == null && create.attempt() > 0) {
                events.normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
            }
            if (failure instanceof Blocked blocked) {
                events.warning(pod, blocked.reason(), String.valueOf(blocked.getMessage()));
                return memory.sandbox(again(blocked.reason(), failure, memory.sandboxFailure(), facts));
            }
            if (failure != null) {
                events.warning(
                        pod, "FailedCreatePodSandBox", "Failed to create pod sandbox: " + Deadlines.message(failure));
            }
            return memory.sandbox(
                    failure == null ? null : again("FailedCreatePodSandBox", failure, memory.sandboxFailure(), facts));
        }
        if (action instanceof MakeVolumes) {
            if (failure != null) {
                events.warning(pod, "FailedMount", Deadlines.message(failure));
            }
            return memory.volumes(
                    failure == null,
                    failure == null ? null : again("FailedMount", failure, memory.volumeFailure(), facts));
        }
        if (action instanceof ResizeContainer resize) {
            return resized(resize, failure, facts);
        }
        return memory.stopFailed(failure == null ? null : facts.now());
    }

    private PodMemory resized(ResizeContainer resize, @Nullable Throwable failure, PodFacts facts) {
        PodMemory memory = facts.memory();
        if (failure == null) {
            events.normal(facts.pod(), "ResizeCompleted", "Resized container " + resize.container());
            return memory.resize(null).resizes(memory.resizes().took(resize.containerId(), resize.resources()));
        }
        events.warning(
                facts.pod(),
                "ResizeError",
                "Container " + resize.container() + " was not resized: " + Deadlines.message(failure));
        return memory.resize(again("ResizeError", failure, memory.resizeFailure(), facts))
                .resizes(memory.resizes().mayHaveChanged(resize.containerId()));
    }

    private Failure launchFailure(Launch launch, Throwable failure, PodFacts facts) {
        LaunchFailure why = failure instanceof LaunchFailure known
                ? known
                : new LaunchFailure(Kind.UNKNOWN, Deadlines.message(failure));
        int times = facts.memory()
                        .launchFailure(launch.container())
                        .map(Failure::times)
                        .orElse(0)
                + 1;
        String message = String.valueOf(why.getMessage());
        switch (why.kind()) {
            case HOOK -> {}
            case IMAGE_PULL -> ofImage("Failed", message, why.kind(), facts.pod());
            case IMAGE_NEVER -> ofImage("ErrImageNeverPull", message, why.kind(), facts.pod());
            case IMAGE_NAME -> ofImage("InspectFailed", message, why.kind(), facts.pod());
            default -> events.warning(facts.pod(), "Failed", "Error: " + message);
        }
        Instant retryAt = facts.now().plus(why.rest(times));
        return new Failure(why.kind().reason(), why.kind().restingReason(), message, times, facts.now(), retryAt);
    }

    /** What is the matter with an image, and that its container does not run for that. */
    private void ofImage(String reason, String message, Kind kind, Pod pod) {
        events.warning(pod, reason, message);
        events.warning(pod, "Failed", "Error: " + kind.reason());
    }

    /** Tells once that the pod's own time is over. */
    void ending(PodFacts facts) {
        PodOutcome.pastDeadline(facts)
                .filter(outcome -> told.add("deadline"))
                .ifPresent(outcome -> events.normal(facts.pod(), outcome.reason(), outcome.message()));
    }

    /** Two seconds at first, then longer, never more than half a minute. */
    private static Failure again(String reason, Throwable failure, @Nullable Failure before, PodFacts facts) {
        int times = before == null ? 1 : before.times() + 1;
        Duration rest = Duration.ofSeconds(Math.min(30, 1L << Math.min(times, 5)));
        return new Failure(
                reason,
                reason,
                Deadlines.message(failure),
                times,
                facts.now(),
                facts.now().plus(rest));
    }

    /** Tells once of each rest that a container takes before it starts again, which in a pod that ends none does. */
    void resting(PodFacts facts) {
        if (facts.intent() != PodFacts.Intent.RUN) {
            return;
        }
        Pod pod = facts.pod();
        List<Container> all = new ArrayList<>(pod.spec().initContainers());
        all.addAll(pod.spec().containers());
        for (Container container : all) {
            facts.memory()
                    .launchFailure(container.name())
                    .filter(failure ->
                            failure.restingReason().equals("ImagePullBackOff") && !failure.isFresh(facts.now()))
                    .filter(failure -> told.add(container.name() + "/image/" + failure.times()))
                    .ifPresent(failure -> {
                        events.normal(pod, "BackOff", "Back-off pulling image \"" + container.image() + "\"");
                        events.warning(pod, "Failed", "Error: ImagePullBackOff");
                    });
            facts.latest(container.name())
                    .filter(state -> state.phase() == Phase.EXITED && PodPlan.startsAgain(pod, container, state))
                    .filter(state -> facts.now().isBefore(RestartBackoff.restartAt(state, container.image())))
                    .filter(state -> !facts.isToRestart(state))
                    .filter(state -> told.add(state.id()))
                    .ifPresent(state -> events.warning(
                            pod,
                            "BackOff",
                            "Back-off restarting failed container " + container.name() + " in pod "
                                    + pod.metadata().name() + "_"
                                    + pod.metadata().namespace() + "("
                                    + pod.metadata().uid() + ")"));
        }
    }
}
