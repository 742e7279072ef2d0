package io.orchestrator.core.client.http;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ResourceType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths and queries of the REST API, encoded. Built up, used once, and not shared. */
final class ResourcePath {
    private final StringBuilder text = new StringBuilder();
    private boolean asked;

    private ResourcePath() {}

    static ResourcePath of(Target<?> target) {
        ResourceType<?> type = target.type();
        ResourcePath path = new ResourcePath();
        path.text.append(type.group().isEmpty() ? "/api" : "/apis/" + segment(type.group()));
        path.add(type.version());
        if (type.namespaced() && !target.namespace().isEmpty()) {
            path.add("namespaces").add(target.namespace());
        }
        path.add(type.plural());
        if (!target.name().isEmpty()) {
            path.add(target.name());
        }
        // A subresource may have parts of its own.
        for (String part : target.subresource().split("/")) {
            if (!part.isEmpty()) {
                path.add(part);
            }
        }
        return path;
    }

    private ResourcePath add(String segment) {
        text.append('/').append(segment(segment));
        return this;
    }

    /** Leaves it out where the value is empty. */
    ResourcePath ask(String name, String value) {
        return value.isEmpty() ? this : askAsIs(name, value);
    }

    /** Also an empty value. */
    ResourcePath askAsIs(String name, String value) {
        text.append(asked ? '&' : '?')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        asked = true;
        return this;
    }

    ResourcePath ask(String name, boolean value) {
        return ask(name, value ? "true" : "");
    }

    ResourcePath ask(String name, long value) {
        return ask(name, value == 0 ? "" : Long.toString(value));
    }

    ResourcePath list(ListOptions options) {
        return ask("labelSelector", options.labelSelector())
                .ask("fieldSelector", options.fieldSelector())
                .ask("resourceVersion", options.resourceVersion())
                .ask("resourceVersionMatch", options.resourceVersionMatch())
                .ask("limit", options.limit())
                .ask("continue", options.continueToken());
    }

    ResourcePath watch(ListOptions options) {
        ask("watch", true)
                .list(options)
                .ask("allowWatchBookmarks", options.allowBookmarks())
                .ask("timeoutSeconds", options.timeoutSeconds());
        Boolean initial = options.sendInitialEvents();
        return initial == null ? this : ask("sendInitialEvents", initial.toString());
    }

    ResourcePath write(WriteOptions options) {
        ask("fieldManager", options.fieldManager()).ask("dryRun", options.dryRun() ? "All" : "");
        return switch (options.fieldValidation()) {
            case IGNORE -> ask("fieldValidation", "Ignore");
            case STRICT -> ask("fieldValidation", "Strict");
            // What the server does unless it is told otherwise.
            case WARN -> this;
        };
    }

    ResourcePath delete(DeleteOptions options) {
        return ask("dryRun", options.dryRun() ? "All" : "");
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
