package io.orchestrator.spi.runtime;

import java.util.Set;

/**
 * What the node reports of its engine.
 *
 * @param name as in {@code status.nodeInfo.containerRuntimeVersion}, before the {@code ://}, such as {@code docker}
 * @param apiVersion the protocol version spoken to the engine; empty where there is none
 */
public record RuntimeInfo(String name, String version, String apiVersion, Set<Ability> abilities) {
    public RuntimeInfo {
        abilities = Set.copyOf(abilities);
    }

    /** What an engine may or may not be able to do. The agent refuses pods that need what is absent. */
    public enum Ability {
        /** Containers see only their image's files. */
        FILESYSTEM,
        /** Each pod has its own network namespace and port space. */
        NETWORK_NAMESPACE,
        /** Each pod has its own address, in a namespace or not. */
        POD_ADDRESS,
        /** CPU and memory limits are enforced. */
        RESOURCE_LIMITS,
        /** Host ports can be published. */
        HOST_PORTS,
        /** Containers may run as another user. */
        USERS,
        /** Images are pulled from registries. */
        IMAGES,
        /** Host paths and volumes can be mounted. */
        MOUNTS,
        /** What is mounted within a path of the host later is seen in containers that ask for it, and what they mount on the host. */
        MOUNT_PROPAGATION,
        /** Profiles of AppArmor are in force. */
        APP_ARMOR,
        /** Pods are run by whatever handler their runtime class names; without, by the engine's own alone, which has its name. */
        RUNTIME_HANDLERS,
        /** Each pod asks the name servers that its sandbox says, and sees the hosts that it says. */
        RESOLVER
    }
}
