package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.AppArmorProfile;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.SecurityContext;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of the node before anything of a pod is begun: what it asks for by name is not passed over. Thread-safe. */
final class PodDemands {
    private final NodeContext node;

    PodDemands(NodeContext node) {
        this.node = node;
    }

    /** Fails with {@link Blocked} or {@link ConfigFailure} for what the runtime does not hold. */
    CompletionStage<Void> check(Pod pod) {
        if (!node.can(Ability.APP_ARMOR) && asksForProfiles(pod)) {
            return CompletableFuture.failedFuture(
                    new Blocked(Blocked.APP_ARMOR, "Cannot enforce AppArmor: AppArmor is not enabled on the host"));
        }
        String name = pod.spec().runtimeClassName();
        if (name == null || name.isEmpty() || node.can(Ability.RUNTIME_HANDLERS)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(
                () -> requireHandler(node.references().runtimeHandler(name)),
                node.environment().executor());
    }

    private void requireHandler(String handler) {
        if (!handler.equals(node.info().name())) {
            throw new ConfigFailure("RuntimeHandler \"" + handler + "\" not supported");
        }
    }

    private static boolean asksForProfiles(Pod pod) {
        boolean ofPod = pod.spec().securityContext() != null
                && isProfile(pod.spec().securityContext().appArmorProfile());
        return ofPod
                || Stream.of(pod.spec().initContainers(), pod.spec().containers())
                        .flatMap(java.util.List::stream)
                        .map(Container::securityContext)
                        .filter(Objects::nonNull)
                        .map(SecurityContext::appArmorProfile)
                        .anyMatch(PodDemands::isProfile);
    }

    private static boolean isProfile(@Nullable AppArmorProfile profile) {
        return profile != null && !profile.type().equals("Unconfined");
    }
}
