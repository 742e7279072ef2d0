package io.orchestrator.core.registry.custom;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import io.orchestrator.core.shape.SchemaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a schema is structural, as Kubernetes demands: what is there is always clear without looking at values. Confined. */
final class SchemaValidation {
    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> LIST_TYPES = Set.of("atomic", "map", "set");
    private static final Set<String> MAP_TYPES = Set.of("atomic", "granular");
    private static final Set<String> ROOT_METADATA = Set.of("name", "generateName");

    private final SchemaBuilder schemas;
    private final RuleCompiler rules;
    private final Violations violations;

    SchemaValidation(SchemaBuilder schemas, RuleCompiler rules, Violations violations) {
        this.schemas = schemas;
        this.rules = rules;
        this.violations = violations;
    }

    /**
     * Checks the schema of a whole object.
     *
     * @param stored whether it has been accepted before, as it is
     */
    void root(JSONSchemaProps schema, Path path, boolean stored) {
        int known = violations.count();
        if (schema.type().isEmpty()) {
            violations.required(path.child("type"), "must not be empty at the root");
        } else if (!schema.type().equals("object")) {
            violations.invalid(path.child("type"), schema.type(), "must be object at the root");
        }
        if (schema.nullable()) {
            violations.forbidden(path.child("nullable"), "nullable cannot be true at the root");
        }
        JSONSchemaProps metadata = schema.properties().get("metadata");
        if (metadata != null) {
            metadata(metadata, path.child("properties").key("metadata"));
        }
        structure(schema, path);
        if (violations.count() == known) {
            StructuralSchema structural = schemas.build(schema);
            new DefaultsValidation(violations).check(structural, path);
            new RuleValidation(rules, violations).check(structural, path, stored);
        }
    }

    private void metadata(JSONSchemaProps schema, Path path) {
        if (!schema.type().equals("object") && !schema.type().isEmpty()) {
            violations.invalid(path.child("type"), schema.type(), "must be object");
        }
        for (String field : schema.properties().keySet()) {
            if (!ROOT_METADATA.contains(field)) {
                violations.forbidden(
                        path.child("properties").key(field),
                        "only name and generateName may be specified for metadata");
            }
        }
    }

    private void structure(JSONSchemaProps schema, Path path) {
        type(schema, path);
        unsupported(schema, path);
        lists(schema, path);
        objects(schema, path);
        if (schema.embeddedResource()) {
            if (!schema.type().equals("object")) {
                violations.invalid(
                        path.child("type"), schema.type(), "must be object if x-kubernetes-embedded-resource is true");
            }
            if (schema.properties().isEmpty() && !preserves(schema)) {
                violations.required(
                        path.child("properties"),
                        "must not be empty if x-kubernetes-embedded-resource is true without "
                                + "x-kubernetes-preserve-unknown-fields");
            }
        }
        for (Map.Entry<String, JSONSchemaProps> property : schema.properties().entrySet()) {
            Path below = path.child("properties").key(property.getKey());
            typed(property.getValue(), below, "specified object fields");
            structure(property.getValue(), below);
        }
        nested(schema.items(), path.child("items"), "specified array items");
        nested(schema.additionalProperties(), path.child("additionalProperties"), "specified object fields");
        logic(schema, path);
    }

    private static boolean preserves(JSONSchemaProps schema) {
        return Boolean.TRUE.equals(schema.preserveUnknownFields());
    }

    private void nested(@Nullable RawJson either, Path path, String what) {
        JSONSchemaProps schema = read(either, path);
        if (schema != null) {
            typed(schema, path, what);
            structure(schema, path);
        }
    }

    private @Nullable JSONSchemaProps read(@Nullable RawJson either, Path path) {
        try {
            return schemas.nested(either);
        } catch (DecodeException e) {
            violations.invalid(path, "", e.getMessage());
            return null;
        }
    }

    private void typed(JSONSchemaProps schema, Path path, String what) {
        if (schema.type().isEmpty() && !schema.intOrString() && !preserves(schema)) {
            violations.required(path.child("type"), "must not be empty for " + what);
        }
    }

    private void type(JSONSchemaProps schema, Path path) {
        if (!schema.type().isEmpty()) {
            if (schema.type().equals("null")) {
                violations.forbidden(path.child("type"), "type cannot be set to null, use nullable as an alternative");
            } else {
                violations.oneOf(
                        path.child("type"),
                        schema.type(),
                        TYPES.stream().sorted().toList());
            }
            if (schema.intOrString()) {
                violations.forbidden(path.child("type"), "must be empty if x-kubernetes-int-or-string is true");
            }
        }
        if (schema.preserveUnknownFields() != null && !preserves(schema)) {
            violations.invalid(path.child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
        }
        if (preserves(schema) && !schema.type().isEmpty() && !schema.type().equals("object")) {
            violations.invalid(
                    path.child("type"),
                    schema.type(),
                    "must be object if x-kubernetes-preserve-unknown-fields is true");
        }
        try {
            if (!schema.pattern().isEmpty()) {
                Pattern.compile(schema.pattern());
            }
        } catch (PatternSyntaxException e) {
            violations.invalid(
                    path.child("pattern"),
                    schema.pattern(),
                    "must be a valid regular expression, but isn't: " + e.getMessage());
        }
    }

    private void unsupported(JSONSchemaProps schema, Path path) {
        forbid(
                schema.uniqueItems(),
                path.child("uniqueItems"),
                "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        forbid(!schema.id().isEmpty(), path.child("id"), "id is not supported");
        forbid(schema.ref() != null, path.child("$ref"), "$ref is not supported");
        forbid(!schema.definitions().isEmpty(), path.child("definitions"), "definitions is not supported");
        forbid(!schema.dependencies().isEmpty(), path.child("dependencies"), "dependencies is not supported");
        forbid(
                !schema.patternProperties().isEmpty(),
                path.child("patternProperties"),
                "patternProperties is not supported");
        forbid(schema.additionalItems() != null, path.child("additionalItems"), "additionalItems is not supported");
        RawJson items = schema.items();
        forbid(
                items != null && !items.json().startsWith("{"),
                path.child("items"),
                "items must be a schema object and not an array");
        RawJson additional = schema.additionalProperties();
        forbid(
                additional != null && additional.json().equals("false"),
                path.child("additionalProperties"),
                "additionalProperties cannot be set to false");
        forbid(
                additional != null && !schema.properties().isEmpty(),
                path.child("additionalProperties"),
                "additionalProperties and properties are mutual exclusive");
        forbid(
                preserves(schema) && additional != null,
                path.child("additionalProperties"),
                "must be empty if x-kubernetes-preserve-unknown-fields is true");
    }

    private void forbid(boolean given, Path path, String why) {
        if (given) {
            violations.forbidden(path, why);
        }
    }

    private void objects(JSONSchemaProps schema, Path path) {
        String mapType = schema.mapType();
        if (mapType != null) {
            Path field = path.child("x-kubernetes-map-type");
            violations.oneOf(field, mapType, MAP_TYPES.stream().sorted().toList());
            if (!schema.type().equals("object")) {
                violations.invalid(
                        path.child("type"), schema.type(), "must be object if x-kubernetes-map-type is specified");
            }
        }
    }

    private void lists(JSONSchemaProps schema, Path path) {
        if (schema.type().equals("array") && schema.items() == null) {
            violations.required(path.child("items"), "must be specified");
        }
        String listType = schema.listType();
        if (listType == null) {
            forbid(
                    !schema.listMapKeys().isEmpty(),
                    path.child("x-kubernetes-list-map-keys"),
                    "must be empty if x-kubernetes-list-type is not map");
            return;
        }
        Path field = path.child("x-kubernetes-list-type");
        if (!schema.type().equals("array")) {
            violations.invalid(
                    path.child("type"), schema.type(), "must be array if x-kubernetes-list-type is specified");
        }
        violations.oneOf(field, listType, LIST_TYPES.stream().sorted().toList());
        JSONSchemaProps items = read(schema.items(), path.child("items"));
        if (listType.equals("map")) {
            keyed(schema, items, path);
        } else {
            forbid(
                    !schema.listMapKeys().isEmpty(),
                    path.child("x-kubernetes-list-map-keys"),
                    "must be empty if x-kubernetes-list-type is not map");
        }
        if (listType.equals("set") && items != null) {
            boolean whole = !Set.of("object", "array").contains(items.type())
                    || "atomic".equals(items.mapType())
                    || "atomic".equals(items.listType());
            forbid(
                    items.nullable(),
                    path.child("items").child("nullable"),
                    "cannot be nullable when x-kubernetes-list-type is set");
            if (!whole) {
                violations.invalid(
                        path.child("items"), items.type(), "items of a list of type set must be scalars or atomic");
            }
        }
    }

    private void keyed(JSONSchemaProps schema, @Nullable JSONSchemaProps items, Path path) {
        Path field = path.child("x-kubernetes-list-map-keys");
        if (schema.listMapKeys().isEmpty()) {
            violations.required(field, "must not be empty if x-kubernetes-list-type is map");
        }
        if (items == null) {
            return;
        }
        if (!items.type().equals("object")) {
            violations.invalid(
                    path.child("items").child("type"),
                    items.type(),
                    "must be object if parent array's x-kubernetes-list-type is map");
        }
        for (int i = 0; i < schema.listMapKeys().size(); i++) {
            String key = schema.listMapKeys().get(i);
            JSONSchemaProps property = items.properties().get(key);
            if (schema.listMapKeys().indexOf(key) != i) {
                violations.duplicate(field.index(i), key);
            } else if (property == null) {
                violations.invalid(field.index(i), key, "entries must all be names of item properties");
            } else if (Set.of("object", "array").contains(property.type())) {
                violations.invalid(
                        path.child("items").child("properties").key(key).child("type"),
                        property.type(),
                        "must be a scalar type if parent array's x-kubernetes-list-type is map");
            } else if (!items.required().contains(key) && property.defaultValue() == null) {
                violations.required(
                        path.child("items").child("properties").key(key).child("default"),
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property");
            }
        }
    }

    private void logic(JSONSchemaProps schema, Path path) {
        all(schema.allOf(), schema, path.child("allOf"));
        all(schema.anyOf(), schema, path.child("anyOf"));
        all(schema.oneOf(), schema, path.child("oneOf"));
        JSONSchemaProps not = schema.not();
        if (not != null) {
            valuesOnly(not, schema, path.child("not"), false);
        }
    }

    private void all(List<JSONSchemaProps> nested, JSONSchemaProps structure, Path path) {
        for (int i = 0; i < nested.size(); i++) {
            valuesOnly(nested.get(i), structure, path.index(i), structure.intOrString());
        }
    }

    /** Inside of and, or and not there are only conditions on values: the structure is said outside. */
    private void valuesOnly(
            JSONSchemaProps nested, @Nullable JSONSchemaProps structure, Path path, boolean mayBeTyped) {
        forbid(!nested.description().isEmpty(), path.child("description"), "must be empty to be structural");
        forbid(!nested.type().isEmpty() && !mayBeTyped, path.child("type"), "must be empty to be structural");
        forbid(!nested.title().isEmpty(), path.child("title"), "must be empty to be structural");
        forbid(nested.defaultValue() != null, path.child("default"), "must be undefined to be structural");
        forbid(nested.additionalProperties() != null, path.child("additionalProperties"), "must not be used");
        forbid(nested.nullable(), path.child("nullable"), "must be false to be structural");
        forbid(
                nested.preserveUnknownFields() != null,
                path.child("x-kubernetes-preserve-unknown-fields"),
                "must be false to be structural");
        forbid(
                nested.embeddedResource(),
                path.child("x-kubernetes-embedded-resource"),
                "must be false to be structural");
        forbid(nested.intOrString(), path.child("x-kubernetes-int-or-string"), "must be false to be structural");
        forbid(
                !nested.validations().isEmpty(),
                path.child("x-kubernetes-validations"),
                "must be empty to be structural");
        for (Map.Entry<String, JSONSchemaProps> property : nested.properties().entrySet()) {
            Path below = path.child("properties").key(property.getKey());
            JSONSchemaProps outside =
                    structure == null ? null : structure.properties().get(property.getKey());
            RawJson additional = structure == null ? null : structure.additionalProperties();
            if (outside == null && additional == null) {
                violations.required(below, "must be specified outside of the logical junctors as well");
            }
            valuesOnly(property.getValue(), outside == null ? read(additional, below) : outside, below, false);
        }
        JSONSchemaProps items = read(nested.items(), path.child("items"));
        if (items != null) {
            JSONSchemaProps outside = structure == null ? null : read(structure.items(), path.child("items"));
            valuesOnly(items, outside, path.child("items"), false);
        }
        nested.allOf().forEach(each -> valuesOnly(each, structure, path.child("allOf"), mayBeTyped));
        nested.anyOf().forEach(each -> valuesOnly(each, structure, path.child("anyOf"), mayBeTyped));
        nested.oneOf().forEach(each -> valuesOnly(each, structure, path.child("oneOf"), mayBeTyped));
        JSONSchemaProps not = nested.not();
        if (not != null) {
            valuesOnly(not, structure, path.child("not"), false);
        }
        if (!nested.pattern().isEmpty()) {
            type(nested.withType(""), path);
        }
    }
}
