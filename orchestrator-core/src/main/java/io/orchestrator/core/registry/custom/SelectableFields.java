package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.api.model.apiextensions.SelectableField;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a definition's selectable fields are fields that can be selected by. Pure functions. */
final class SelectableFields {
    private static final int MOST = 8;
    private static final Set<String> SCALARS = Set.of("boolean", "integer", "string");

    private SelectableFields() {}

    static void check(
            CustomResourceDefinitionVersion version,
            @Nullable JSONSchemaProps schema,
            Path path,
            Violations violations) {
        List<SelectableField> fields = version.selectableFields();
        if (fields.size() > MOST) {
            violations.tooMany(path, fields.size(), MOST);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String text = fields.get(i).jsonPath();
            Path field = path.index(i).child("jsonPath");
            if (text.isEmpty()) {
                violations.required(field);
            } else if (!seen.add(text)) {
                violations.duplicate(field, text);
            } else if (schema != null) {
                check(text, schema, field, violations);
            }
        }
    }

    private static void check(String text, JSONSchemaProps schema, Path field, Violations violations) {
        JsonPath read;
        try {
            read = JsonPath.parse(text);
        } catch (IllegalArgumentException e) {
            violations.invalid(field, text, "is an invalid path: " + e.getMessage());
            return;
        }
        if (!read.isSimple()) {
            violations.invalid(field, text, "must be a simple json path, like .spec.size");
            return;
        }
        JSONSchemaProps at = schema;
        for (String name : read.names()) {
            at = at == null || name.equals("metadata") ? null : at.properties().get(name);
        }
        if (at == null) {
            violations.invalid(field, text, "is an invalid path: does not refer to a valid field");
        } else if (!SCALARS.contains(at.type())) {
            violations.invalid(
                    field, text, "is an invalid path: must point to a field of type string, boolean or integer");
        }
    }
}
