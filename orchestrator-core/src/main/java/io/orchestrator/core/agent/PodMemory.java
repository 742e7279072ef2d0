package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.PodStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of a pod beyond the API and the runtime. Lost when the agent ends, which costs no more than a
 * shorter wait. Immutable.
 *
 * @param rejection why the node does not run the pod at all; null when it does
 * @param sandboxFailure why there is no sandbox yet
 * @param volumesReady whether the pod's volumes are made
 * @param volumeFailure why they are not
 * @param launchFailures by container name, why its next attempt does not run
 * @param verdicts by container id, what its probes say
 * @param messages by container id, what it left to say at its end
 * @param farewell the last status of a pod that is to go, once all its containers have ended
 * @param reported whether the API has the newest status
 * @param stopFailedAt when an attempt to end or remove something failed; null when the last one succeeded
 * @param allocation what its containers are granted; null until it is admitted
 * @param resizeFailure why its containers do not have that yet; null unless an attempt failed
 * @param resizes what its containers have, and which of them begin anew to have something else
 */
record PodMemory(
        @Nullable Rejection rejection,
        @Nullable Failure sandboxFailure,
        boolean volumesReady,
        @Nullable Failure volumeFailure,
        Map<String, Failure> launchFailures,
        Map<String, Verdict> verdicts,
        Map<String, String> messages,
        @Nullable PodStatus farewell,
        boolean reported,
        @Nullable Instant stopFailedAt,
        @Nullable PodAllocation allocation,
        @Nullable Failure resizeFailure,
        ResizeMemory resizes) {

    PodMemory {
        launchFailures = Map.copyOf(launchFailures);
        verdicts = Map.copyOf(verdicts);
        messages = Map.copyOf(messages);
    }

    /** Why a node does not take a pod. */
    record Rejection(String reason, String message) {}

    /**
     * What the probes of a container say.
     *
     * @param failing why it must be restarted; empty while it need not
     * @param failingGrace the grace that the failing probe sets; null for the pod's
     */
    record Verdict(
            boolean started,
            boolean ready,
            String failing,
            @Nullable Long failingGrace) {}

    static PodMemory blank() {
        return new PodMemory(
                null,
                null,
                false,
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                false,
                null,
                null,
                null,
                ResizeMemory.NONE);
    }

    Verdict verdict(String containerId) {
        return verdicts.getOrDefault(containerId, new Verdict(false, false, "", null));
    }

    Optional<Failure> launchFailure(String name) {
        return Optional.ofNullable(launchFailures.get(name));
    }

    PodMemory rejected(Rejection why) {
        return with(parts -> parts.rejection = why);
    }

    PodMemory sandbox(@Nullable Failure failure) {
        return with(parts -> parts.sandboxFailure = failure);
    }

    PodMemory volumes(boolean ready, @Nullable Failure failure) {
        return with(parts -> {
            parts.volumesReady = ready;
            parts.volumeFailure = failure;
        });
    }

    /** @param failure null when it has been launched */
    PodMemory launch(String name, @Nullable Failure failure) {
        return with(parts -> parts.launchFailures = changed(launchFailures, name, failure));
    }

    PodMemory verdicts(Map<String, Verdict> all) {
        return with(parts -> parts.verdicts = all);
    }

    PodMemory message(String containerId, String text) {
        return with(parts -> parts.messages = changed(messages, containerId, text));
    }

    PodMemory farewell(PodStatus last) {
        return with(parts -> parts.farewell = last);
    }

    PodMemory reported(boolean current) {
        return with(parts -> parts.reported = current);
    }

    /** @param at when it failed; null when the last one succeeded */
    PodMemory stopFailed(@Nullable Instant at) {
        return with(parts -> parts.stopFailedAt = at);
    }

    PodMemory allocation(PodAllocation granted) {
        return with(parts -> parts.allocation = granted);
    }

    /** @param failure null when it has been resized */
    PodMemory resize(@Nullable Failure failure) {
        return with(parts -> parts.resizeFailure = failure);
    }

    PodMemory resizes(ResizeMemory newest) {
        return with(parts -> parts.resizes = newest);
    }

    private PodMemory with(Consumer<Parts> edit) {
        Parts parts = new Parts(this);
        edit.accept(parts);
        return parts.whole();
    }

    /** What is edited before it becomes one again. */
    private static final class Parts {
        private @Nullable Rejection rejection;
        private @Nullable Failure sandboxFailure;
        private boolean volumesReady;
        private @Nullable Failure volumeFailure;
        private Map<String, Failure> launchFailures;
        private Map<String, Verdict> verdicts;
        private Map<String, String> messages;
        private @Nullable PodStatus farewell;
        private boolean reported;
        private @Nullable Instant stopFailedAt;
        private @Nullable PodAllocation allocation;
        private @Nullable Failure resizeFailure;
        private ResizeMemory resizes;

        Parts(PodMemory of) {
            this.rejection = of.rejection;
            this.sandboxFailure = of.sandboxFailure;
            this.volumesReady = of.volumesReady;
            this.volumeFailure = of.volumeFailure;
            this.launchFailures = of.launchFailures;
            this.verdicts = of.verdicts;
            this.messages = of.messages;
            this.farewell = of.farewell;
            this.reported = of.reported;
            this.stopFailedAt = of.stopFailedAt;
            this.allocation = of.allocation;
            this.resizeFailure = of.resizeFailure;
            this.resizes = of.resizes;
        }

        PodMemory whole() {
            return new PodMemory(
                    rejection,
                    sandboxFailure,
                    volumesReady,
                    volumeFailure,
                    launchFailures,
                    verdicts,
                    messages,
                    farewell,
                    reported,
                    stopFailedAt,
                    allocation,
                    resizeFailure,
                    resizes);
        }
    }

    private static <V> Map<String, V> changed(Map<String, V> map, String key, @Nullable V value) {
        Map<String, V> copy = new HashMap<>(map);
        if (value == null) {
            copy.remove(key);
        } else {
            copy.put(key, value);
        }
        return copy;
    }
}
