package io.orchestrator.spi.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod, everything resolved: no reference is left to look up.
 *
 * @param id deterministic and unique within the owner, made of pod uid, container name and {@code attempt}
 * @param sandboxId the sandbox to join
 * @param targetId the container whose processes it sees as its own, where the engine keeps them apart; empty for none
 * @param name the container's name in the pod
 * @param attempt the restart count
 * @param image as written in the pod; {@code imageId} is what it resolved to when it was pulled
 * @param command replaces the image's entry point where it is not empty
 * @param args replaces the image's command where it is not empty
 * @param env in order; later ones may not refer to earlier ones any more
 * @param workingDir empty for the image's own
 * @param stopSignal empty for the image's own
 */
public record ContainerSpec(
        String id,
        String sandboxId,
        String targetId,
        PodIdentity pod,
        String name,
        int attempt,
        String image,
        String imageId,
        List<String> command,
        List<String> args,
        Map<String, String> env,
        String workingDir,
        List<Mount> mounts,
        Resources resources,
        Security security,
        boolean tty,
        boolean stdin,
        boolean stdinOnce,
        String stopSignal,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(env));
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The same with other limits and shares. */
    public ContainerSpec withResources(Resources other) {
        return new ContainerSpec(
                id,
                sandboxId,
                targetId,
                pod,
                name,
                attempt,
                image,
                imageId,
                command,
                args,
                env,
                workingDir,
                mounts,
                other,
                security,
                tty,
                stdin,
                stdinOnce,
                stopSignal,
                labels,
                annotations);
    }

    /**
     * A path of the node shown inside the container.
     *
     * @param propagation what becomes of mounts that are made within it later
     */
    public record Mount(String hostPath, String containerPath, boolean readOnly, Propagation propagation) {
        public Mount {
            // What a runtime kept of a container before there was such a thing does not say it.
            propagation = propagation == null ? Propagation.NONE : propagation;
        }

        /** Each side keeps its later mounts to itself. */
        public Mount(String hostPath, String containerPath, boolean readOnly) {
            this(hostPath, containerPath, readOnly, Propagation.NONE);
        }
    }

    /** Who sees what is mounted within a mount later. An engine without {@code MOUNT_PROPAGATION} gets {@link #NONE} alone. */
    public enum Propagation {
        NONE,
        /** The container sees what the node mounts. */
        HOST_TO_CONTAINER,
        /** The node and all who share the path see what the container mounts, too. */
        BIDIRECTIONAL
    }

    /**
     * Limits and shares; 0 means none.
     *
     * @param cpuShares relative weight under contention, 1024 for one core
     * @param cpuQuotaMillis thousandths of a core that may be used
     */
    public record Resources(long cpuShares, long cpuQuotaMillis, long memoryLimitBytes, int oomScoreAdj) {
        public static Resources unlimited() {
            return new Resources(0, 0, 0, 0);
        }
    }

    /**
     * Who the container runs as and what it may do.
     *
     * @param seccompProfile {@code RuntimeDefault}, {@code Unconfined}, or a profile of its own as JSON; empty for the
     *     engine's choice
     * @param appArmorProfile the name of a profile that the machine has loaded, or {@code unconfined}; empty for the engine's own
     */
    public record Security(
            @Nullable Long runAsUser,
            @Nullable Long runAsGroup,
            List<Long> supplementalGroups,
            boolean privileged,
            boolean readOnlyRootFilesystem,
            boolean allowPrivilegeEscalation,
            List<String> addCapabilities,
            List<String> dropCapabilities,
            String seccompProfile,
            String appArmorProfile) {
        /** With the engine's own profile of AppArmor, where it has one. */
        public Security(
                @Nullable Long runAsUser,
                @Nullable Long runAsGroup,
                List<Long> supplementalGroups,
                boolean privileged,
                boolean readOnlyRootFilesystem,
                boolean allowPrivilegeEscalation,
                List<String> addCapabilities,
                List<String> dropCapabilities,
                String seccompProfile) {
            this(
                    runAsUser,
                    runAsGroup,
                    supplementalGroups,
                    privileged,
                    readOnlyRootFilesystem,
                    allowPrivilegeEscalation,
                    addCapabilities,
                    dropCapabilities,
                    seccompProfile,
                    "");
        }

        public Security {
            supplementalGroups = List.copyOf(supplementalGroups);
            addCapabilities = List.copyOf(addCapabilities);
            dropCapabilities = List.copyOf(dropCapabilities);
            appArmorProfile = appArmorProfile == null ? "" : appArmorProfile; // likewise
        }

        /** The engine's defaults. */
        public static Security defaults() {
            return new Security(null, null, List.of(), false, false, true, List.of(), List.of(), "");
        }
    }
}
