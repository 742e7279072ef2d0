package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pod may know of itself. Pure.
 *
 * @param podIp the address it has now
 * @param allocatable of the node, which stands for limits that are not set
 */
record DownwardApi(Pod pod, String podIp, String hostIp, Map<String, Quantity> allocatable) {

    /** @throws ConfigFailure for a path that does not exist */
    String field(String path) {
        var metadata = pod.metadata();
        if (path.startsWith("metadata.labels['") && path.endsWith("']")) {
            return metadata.labels().getOrDefault(keyIn(path), "");
        }
        if (path.startsWith("metadata.annotations['") && path.endsWith("']")) {
            return metadata.annotations().getOrDefault(keyIn(path), "");
        }
        return switch (path) {
            case "metadata.name" -> metadata.name();
            case "metadata.namespace" -> metadata.namespace();
            case "metadata.uid" -> metadata.uid();
            case "metadata.labels" -> lines(metadata.labels());
            case "metadata.annotations" -> lines(metadata.annotations());
            case "spec.nodeName" -> pod.spec().nodeName();
            case "spec.serviceAccountName" -> pod.spec().serviceAccountName();
            case "status.hostIP", "status.hostIPs" -> hostIp;
            case "status.podIP", "status.podIPs" -> podIp;
            default -> throw new ConfigFailure("unsupported fieldPath: " + path);
        };
    }

    /** @param own the container that asks, where the selector names none */
    String resource(ResourceFieldSelector selector, Container own) {
        Container container = selector.containerName().isEmpty()
                ? own
                : Stream.concat(pod.spec().containers().stream(), pod.spec().initContainers().stream())
                        .filter(candidate -> candidate.name().equals(selector.containerName()))
                        .findFirst()
                        .orElseThrow(() -> new ConfigFailure("container " + selector.containerName() + " not found"));
        String[] parts = selector.resource().split("\\.", 2);
        if (parts.length != 2) {
            throw new ConfigFailure("unsupported container resource: " + selector.resource());
        }
        Quantity value = switch (parts[0]) {
            case "limits" ->
                container
                        .resources()
                        .limits()
                        .getOrDefault(parts[1], allocatable.getOrDefault(parts[1], Quantity.ZERO));
            case "requests" ->
                container
                        .resources()
                        .requests()
                        .getOrDefault(parts[1], container.resources().limits().getOrDefault(parts[1], Quantity.ZERO));
            default -> throw new ConfigFailure("unsupported container resource: " + selector.resource());
        };
        BigDecimal divisor = selector.divisor().isZero()
                ? BigDecimal.ONE
                : selector.divisor().toBigDecimal();
        return value.toBigDecimal().divide(divisor, 0, RoundingMode.CEILING).toPlainString();
    }

    private static String keyIn(String path) {
        return path.substring(path.indexOf('\'') + 1, path.length() - 2);
    }

    /** As in a downward API file: sorted, values quoted. */
    private static String lines(Map<String, String> map) {
        return map.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=\"" + escape(entry.getValue()) + "\"")
                .collect(Collectors.joining("\n"));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
