package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeOwner;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is written on every container, so that an agent which restarts knows its own and nobody touches another's. Pure.
 */
final class OwnerLabels {
    static final String CLUSTER = "io.orchestrator.cluster";
    static final String NODE = "io.orchestrator.node";
    static final String KIND = "io.orchestrator.kind";
    static final String ID = "io.orchestrator.id";
    static final String SANDBOX = "io.orchestrator.sandbox";
    static final String ATTEMPT = "io.orchestrator.attempt";
    static final String CONTAINER = "io.orchestrator.container";
    static final String IMAGE = "io.orchestrator.image";
    /** On a sandbox: its containers see each other's processes. */
    static final String SHARED_PROCESSES = "io.orchestrator.shared-processes";

    static final String POD_NAMESPACE = "io.orchestrator.pod.namespace";
    static final String POD_NAME = "io.orchestrator.pod.name";
    static final String POD_UID = "io.orchestrator.pod.uid";

    static final String KIND_SANDBOX = "sandbox";
    static final String KIND_CONTAINER = "container";
    /** Of the container that holds a cluster's network; it is of no node. */
    static final String KIND_NETWORK = "network";

    /** On a sandbox that is connected by us: the address that it gets, and the engine's id of the network. */
    static final String ADDRESS = "io.orchestrator.address";

    static final String NETWORK = "io.orchestrator.network";

    private static final String LABEL_PREFIX = "io.orchestrator.label/";
    private static final String ANNOTATION_PREFIX = "io.orchestrator.annotation/";

    private OwnerLabels() {}

    /** The labels by which an owner's containers are found. */
    static Map<String, String> filterOf(RuntimeOwner owner) {
        return Map.of(CLUSTER, owner.clusterId(), NODE, owner.nodeName());
    }

    static Map<String, String> of(
            RuntimeOwner owner,
            String kind,
            String id,
            int attempt,
            PodIdentity pod,
            Map<String, String> labels,
            Map<String, String> annotations) {
        Map<String, String> all = new LinkedHashMap<>(filterOf(owner));
        all.put(KIND, kind);
        all.put(ID, id);
        all.put(ATTEMPT, Integer.toString(attempt));
        all.put(POD_NAMESPACE, pod.namespace());
        all.put(POD_NAME, pod.name());
        all.put(POD_UID, pod.uid());
        labels.forEach((key, value) -> all.put(LABEL_PREFIX + key, value));
        annotations.forEach((key, value) -> all.put(ANNOTATION_PREFIX + key, value));
        return all;
    }

    static PodIdentity podOf(Map<String, String> labels) {
        return new PodIdentity(
                labels.getOrDefault(POD_NAMESPACE, ""),
                labels.getOrDefault(POD_NAME, ""),
                labels.getOrDefault(POD_UID, ""));
    }

    /** Where a sandbox is to be connected; empty where the engine connects it. */
    static Optional<PodBridge.Place> placeOf(Map<String, String> labels) {
        String address = labels.getOrDefault(ADDRESS, "");
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new PodBridge.Place(labels.getOrDefault(NETWORK, ""), address));
    }

    static int attemptOf(Map<String, String> labels) {
        return Integer.parseInt(labels.getOrDefault(ATTEMPT, "0"));
    }

    static Map<String, String> labelsOf(Map<String, String> all) {
        return under(LABEL_PREFIX, all);
    }

    static Map<String, String> annotationsOf(Map<String, String> all) {
        return under(ANNOTATION_PREFIX, all);
    }

    static boolean belongsTo(RuntimeOwner owner, Map<String, String> labels) {
        return owner.clusterId().equals(labels.get(CLUSTER)) && owner.nodeName().equals(labels.get(NODE));
    }

    private static Map<String, String> under(String prefix, Map<String, String> all) {
        Map<String, String> found = new HashMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
