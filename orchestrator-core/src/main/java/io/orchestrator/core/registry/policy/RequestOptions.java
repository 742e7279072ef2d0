package io.orchestrator.core.registry.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.core.registry.admission.Admission.Operation;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.Locale;

/** How a request is to be done, as webhooks and policies see it. Pure functions. */
public final class RequestOptions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RequestOptions() {}

    /** None of a connection. */
    public static JsonNode of(Request<?> request) {
        if (request.operation() == Operation.CONNECT) {
            return JSON.nullNode();
        }
        ObjectNode options = JSON.objectNode();
        DeleteOptions deletion = request.deletion();
        if (deletion != null) {
            options.put("kind", "DeleteOptions").put("apiVersion", "meta.k8s.io/v1");
            deletion(deletion, options);
            return options;
        }
        options.put("kind", request.operation() == Operation.CREATE ? "CreateOptions" : "UpdateOptions")
                .put("apiVersion", "meta.k8s.io/v1");
        WriteOptions written = request.options();
        if (written.dryRun()) {
            options.putArray("dryRun").add("All");
        }
        text(options, "fieldManager", written.fieldManager());
        String validation = written.fieldValidation().name();
        options.put(
                "fieldValidation",
                validation.charAt(0) + validation.substring(1).toLowerCase(Locale.ROOT));
        return options;
    }

    private static void deletion(DeleteOptions deletion, ObjectNode options) {
        if (deletion.gracePeriodSeconds() != null) {
            options.put("gracePeriodSeconds", deletion.gracePeriodSeconds());
        }
        switch (deletion.propagation()) {
            case ORPHAN -> options.put("propagationPolicy", "Orphan");
            case FOREGROUND -> options.put("propagationPolicy", "Foreground");
            case BACKGROUND -> options.put("propagationPolicy", "Background");
            case DEFAULT -> {}
        }
        if (!deletion.uid().isEmpty() || !deletion.resourceVersion().isEmpty()) {
            ObjectNode preconditions = options.putObject("preconditions");
            text(preconditions, "uid", deletion.uid());
            text(preconditions, "resourceVersion", deletion.resourceVersion());
        }
        if (deletion.dryRun()) {
            options.putArray("dryRun").add("All");
        }
    }

    private static void text(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }
}
