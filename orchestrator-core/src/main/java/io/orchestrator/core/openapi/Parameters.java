package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The query and path parameters of operations. */
record Parameters(String name, String type, String description) {
    private static final Parameters DRY_RUN =
            new Parameters("dryRun", "string", "All: go through every stage of the request and store nothing.");
    private static final Parameters FIELD_MANAGER = new Parameters(
            "fieldManager", "string", "The name under which the changed fields are noted in metadata.managedFields.");
    private static final Parameters FIELD_VALIDATION = new Parameters(
            "fieldValidation",
            "string",
            "What happens to unknown and duplicate fields. Ignore: nothing. Warn: a warning for each. Strict: the request"
                    + " is refused.");
    private static final Parameters FORCE =
            new Parameters("force", "boolean", "Take over fields that other managers own. Only for apply patches.");

    static final List<Parameters> LISTING = List.of(
            new Parameters("allowWatchBookmarks", "boolean", "Send bookmarks in a watch."),
            new Parameters("continue", "string", "Where the next page of a list begins, as the last page said."),
            new Parameters("fieldSelector", "string", "Only objects whose fields have these values."),
            new Parameters("labelSelector", "string", "Only objects whose labels match."),
            new Parameters("limit", "integer", "How many objects to answer at most."),
            new Parameters("resourceVersion", "string", "The version to list at, or to watch from."),
            new Parameters("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
            new Parameters("sendInitialEvents", "boolean", "Begin a watch with what there is."),
            new Parameters("timeoutSeconds", "integer", "How long a list or watch may take."),
            new Parameters("watch", "boolean", "Answer with a stream of changes."));

    static final List<Parameters> WRITING = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    static final List<Parameters> PATCHING = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE);
    static final List<Parameters> DELETING = List.of(
            DRY_RUN,
            new Parameters("gracePeriodSeconds", "integer", "How long the object may take to end; 0 deletes at once."),
            new Parameters("orphanDependents", "boolean", "Deprecated: use propagationPolicy."),
            new Parameters(
                    "propagationPolicy", "string", "What becomes of dependents: Orphan, Background or Foreground."));

    static ArrayNode query(List<Parameters> parameters, Dialect dialect) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        parameters.forEach(parameter -> all.add(parameter.in("query", dialect)));
        return all;
    }

    /** What stands in the path, and {@code pretty}, which every request may have. */
    static ArrayNode ofPath(String path, String kind, Dialect dialect) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (path.contains("{name}")) {
            all.add(new Parameters("name", "string", "name of the " + kind)
                    .in("path", dialect)
                    .put("required", true));
        }
        if (path.contains("{namespace}")) {
            all.add(new Parameters("namespace", "string", "The namespace of the object.")
                    .in("path", dialect)
                    .put("required", true));
        }
        all.add(new Parameters("pretty", "string", "Whether the answer is indented.").in("query", dialect));
        return all;
    }

    /** What stands in the path of a proxy, and where its requests go. */
    static ArrayNode ofProxy(String path, String options, Dialect dialect) {
        ArrayNode all = ofPath(path, options, dialect);
        all.remove(all.size() - 1);
        if (path.contains("{path}")) {
            all.add(new Parameters("path", "string", "The path behind the proxy.")
                    .in("path", dialect)
                    .put("required", true));
        }
        all.add(new Parameters("path", "string", "The path behind the proxy, as part of the URL.")
                .in("query", dialect));
        return all;
    }

    private ObjectNode in(String place, Dialect dialect) {
        ObjectNode parameter = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("in", place)
                .put("description", description);
        ObjectNode schema = dialect == Dialect.V3 ? parameter.putObject("schema") : parameter;
        schema.put("type", type).put("uniqueItems", true);
        return parameter;
    }
}
