package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.DeleteOptions;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of one path. Confined to the making of a document. */
final class Operations {
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> MEDIA_TYPES =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> STREAMED =
            List.of("application/json", "application/yaml", "application/json;stream=watch");

    private final SchemaDefinitions definitions;
    private final Dialect dialect;
    private final ObjectNode path = SchemaDefinitions.object();
    private final ResourceType<?> subject;
    private final String tag;
    private final String idMiddle;
    private final List<String> patchTypes;

    /**
     * @param subject the kind that the operations are about
     * @param idMiddle the group and version part of operation ids
     */
    Operations(
            SchemaDefinitions definitions,
            Dialect dialect,
            ResourceType<?> subject,
            String tag,
            String idMiddle,
            List<String> patchTypes) {
        this.definitions = definitions;
        this.dialect = dialect;
        this.subject = subject;
        this.tag = tag;
        this.idMiddle = idMiddle;
        this.patchTypes = patchTypes;
    }

    ObjectNode finish(String template) {
        path.set("parameters", Parameters.ofPath(template, subject.kind(), dialect));
        return path;
    }

    void collection(Set<String> verbs, String scope, boolean everywhere) {
        if (verbs.contains("list")) {
            ObjectNode list = operation("list", "list or watch objects of kind " + subject.kind(), "list", scope);
            list.set("parameters", Parameters.query(Parameters.LISTING, dialect));
            responses(list, definitions.listReference(subject), STREAMED, "200");
            path.set("get", list);
        }
        if (everywhere) {
            return;
        }
        if (verbs.contains("create")) {
            create(scope);
        }
        if (verbs.contains("deletecollection")) {
            ObjectNode delete = operation(
                    "deletecollection", "delete collection of " + subject.kind(), "delete", "Collection" + scope);
            ArrayNode parameters = Parameters.query(Parameters.DELETING, dialect);
            parameters.addAll(Parameters.query(Parameters.LISTING.subList(1, 9), dialect));
            delete.set("parameters", parameters);
            body(delete, definitions.reference(DeleteOptions.class), JSON, false);
            responses(delete, definitions.reference(Status.class), MEDIA_TYPES, "200");
            path.set("delete", delete);
        }
    }

    void create(String scope) {
        ObjectNode create = operation("post", "create " + subject.kind(), "create", scope);
        create.set("parameters", Parameters.query(Parameters.WRITING, dialect));
        body(create, definitions.reference(subject), List.of("*/*"), true);
        responses(create, definitions.reference(subject), MEDIA_TYPES, "200", "201", "202");
        path.set("post", create);
    }

    void object(Set<String> verbs, String scope) {
        ObjectNode reference = definitions.reference(subject);
        if (verbs.contains("get")) {
            ObjectNode get = operation("get", "read the specified " + subject.kind(), "read", scope);
            responses(get, reference, MEDIA_TYPES, "200");
            path.set("get", get);
        }
        if (verbs.contains("update")) {
            ObjectNode put = operation("put", "replace the specified " + subject.kind(), "replace", scope);
            put.set("parameters", Parameters.query(Parameters.WRITING, dialect));
            body(put, reference, List.of("*/*"), true);
            responses(put, reference, MEDIA_TYPES, "200", "201");
            path.set("put", put);
        }
        if (verbs.contains("patch")) {
            ObjectNode patch = operation("patch", "partially update the specified " + subject.kind(), "patch", scope);
            patch.set("parameters", Parameters.query(Parameters.PATCHING, dialect));
            body(patch, definitions.patchReference(), patchTypes, true);
            responses(patch, reference, MEDIA_TYPES, "200", "201");
            path.set("patch", patch);
        }
        if (verbs.contains("delete")) {
            ObjectNode delete = operation("delete", "delete " + subject.kind(), "delete", scope);
            delete.set("parameters", Parameters.query(Parameters.DELETING, dialect));
            body(delete, definitions.reference(DeleteOptions.class), JSON, false);
            responses(delete, definitions.reference(Status.class), MEDIA_TYPES, "200", "202");
            path.set("delete", delete);
        }
    }

    private ObjectNode operation(String action, String description, String idVerb, String scope) {
        ObjectNode operation = SchemaDefinitions.object().put("description", description);
        operation.put("operationId", idVerb + idMiddle + scope);
        operation.putArray("tags").add(tag);
        operation.put("x-kubernetes-action", action);
        operation.set(
                "x-kubernetes-group-version-kind",
                SchemaDefinitions.kind(subject.group(), subject.version(), subject.kind()));
        return operation;
    }

    private void body(ObjectNode operation, ObjectNode schema, List<String> mediaTypes, boolean required) {
        if (dialect == Dialect.V3) {
            ObjectNode body = operation.putObject("requestBody");
            content(body, schema, mediaTypes);
            if (required) {
                body.put("required", true);
            }
            return;
        }
        mediaTypes.forEach(operation.putArray("consumes")::add);
        ObjectNode parameter = SchemaDefinitions.object().put("name", "body").put("in", "body");
        if (required) {
            parameter.put("required", true);
        }
        parameter.set("schema", schema.deepCopy());
        operation.withArray("parameters").insert(0, parameter);
    }

    private void responses(
            ObjectNode operation, @Nullable ObjectNode schema, List<String> mediaTypes, String... codes) {
        ObjectNode responses = operation.putObject("responses");
        for (String code : codes) {
            String meaning = code.equals("200") ? "OK" : code.equals("201") ? "Created" : "Accepted";
            ObjectNode response = responses.putObject(code).put("description", meaning);
            if (schema != null && dialect == Dialect.V3) {
                content(response, schema, mediaTypes);
            } else if (schema != null) {
                response.set("schema", schema.deepCopy());
            }
        }
        responses.putObject("401").put("description", "Unauthorized");
        if (dialect == Dialect.V2) {
            mediaTypes.forEach(operation.putArray("produces")::add);
            operation.putArray("schemes").add("https");
        }
    }

    private static void content(ObjectNode into, ObjectNode schema, List<String> mediaTypes) {
        ObjectNode content = into.putObject("content");
        mediaTypes.forEach(mediaType -> content.putObject(mediaType).set("schema", schema.deepCopy()));
    }
}
