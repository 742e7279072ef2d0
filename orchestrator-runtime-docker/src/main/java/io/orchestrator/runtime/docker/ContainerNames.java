package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.RuntimeOwner;

/** Names in the engine: deterministic, so that a create whose answer was lost is found again. Pure. */
final class ContainerNames {
    private final String prefix;

    ContainerNames(RuntimeOwner owner) {
        this.prefix = "orchestrator_" + safe(owner.clusterId()) + "_" + safe(owner.nodeName()) + "_";
    }

    String of(String id) {
        return prefix + safe(id);
    }

    /** The engine takes letters, digits, dots, dashes and underscores. */
    static String safe(String text) {
        return text.replaceAll("[^a-zA-Z0-9_.-]", "-");
    }
}
