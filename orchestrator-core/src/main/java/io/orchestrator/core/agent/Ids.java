package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.runtime.PodIdentity;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The deterministic names under which a pod's parts are created, so that whoever creates them again adopts them. Pure. */
final class Ids {
    private Ids() {}

    static PodIdentity identity(Pod pod) {
        return new PodIdentity(
                pod.metadata().namespace(),
                pod.metadata().name(),
                pod.metadata().uid());
    }

    static String sandbox(Pod pod, int attempt) {
        return pod.metadata().uid() + "-" + attempt;
    }

    static String container(Pod pod, String name, int attempt) {
        return pod.metadata().uid() + "-" + name + "-" + attempt;
    }

    /** A name for a directory, also where somebody chose an unfit one. */
    static String directory(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,200}")
                ? id
                : "_" + HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8));
    }
}
