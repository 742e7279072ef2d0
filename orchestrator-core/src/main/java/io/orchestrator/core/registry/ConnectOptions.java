package io.orchestrator.core.registry;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection into an object asks for, in the form in which admission is shown it, such as {@code PodExecOptions}. Nobody
 * stores it and no client sends it. Immutable.
 *
 * @param kind of the body; its plural is that of the resource that is connected to
 */
public record ConnectOptions(ResourceType<Unstructured> kind, Unstructured body) {

    /** Which streams a command or an attachment uses. */
    public record Streams(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        private Map<String, @Nullable Object> fields(String container) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            put(fields, "stdin", stdin);
            put(fields, "stdout", stdout);
            put(fields, "stderr", stderr);
            put(fields, "tty", tty);
            if (!container.isEmpty()) {
                fields.put("container", container);
            }
            return fields;
        }

        private static void put(Map<String, @Nullable Object> fields, String name, boolean value) {
            if (value) {
                fields.put(name, true);
            }
        }
    }

    /** @param container empty where none is named */
    public static ConnectOptions exec(Streams streams, String container, List<String> command) {
        Map<String, @Nullable Object> fields = streams.fields(container);
        fields.put("command", List.copyOf(command));
        return ofPod("PodExecOptions", fields);
    }

    /** @param container empty where none is named */
    public static ConnectOptions attach(Streams streams, String container) {
        return ofPod("PodAttachOptions", streams.fields(container));
    }

    public static ConnectOptions portForward(List<Integer> ports) {
        List<Object> numbers = ports.stream()
                .<Object>map(port -> Long.valueOf(port.longValue()))
                .toList();
        return ofPod("PodPortForwardOptions", numbers.isEmpty() ? Map.of() : Map.of("ports", numbers));
    }

    /** @param type what is connected to: pods, services or nodes */
    public static ConnectOptions proxy(ResourceType<?> type, String path) {
        return of(type.kind() + "ProxyOptions", type.plural(), type.namespaced(), Map.of("path", path));
    }

    private static ConnectOptions ofPod(String kind, Map<String, @Nullable Object> fields) {
        return of(kind, "pods", true, fields);
    }

    private static ConnectOptions of(
            String kind, String plural, boolean namespaced, Map<String, @Nullable Object> fields) {
        ResourceType<Unstructured> type =
                new ResourceType<>("", "v1", kind, plural, "", namespaced, List.of(), List.of(), Unstructured.class);
        return new ConnectOptions(type, new Unstructured(type.apiVersion(), kind, ObjectMeta.EMPTY, fields));
    }
}
