package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.apiextensions.CustomResourceColumnDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceConversion;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionSpec;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresourceScale;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresources;
import io.orchestrator.api.model.apiextensions.CustomResourceValidation;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.DefinitionNames;
import io.orchestrator.core.shape.SchemaBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a definition can be served. Stateless. */
final class DefinitionValidation {
    private static final List<String> SCOPES = List.of("Cluster", "Namespaced");
    private static final List<String> STRATEGIES = List.of("None", "Webhook");
    private static final List<String> COLUMN_TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final String APPROVED = "api-approved.kubernetes.io";
    private static final Path SPEC = Path.of("spec");

    private final SchemaBuilder schemas;
    private final RuleCompiler rules;

    DefinitionValidation(SchemaBuilder schemas, RuleCompiler rules) {
        this.schemas = schemas;
        this.rules = rules;
    }

    /** @param current what stands there; null for a new one */
    void check(CustomResourceDefinition definition, @Nullable CustomResourceDefinition current, Violations violations) {
        CustomResourceDefinitionSpec spec = definition.spec();
        String expected = spec.names().plural() + "." + spec.group();
        if (!definition.metadata().name().equals(expected)) {
            violations.invalid(
                    Path.of("metadata").child("name"),
                    definition.metadata().name(),
                    "must be spec.names.plural+\".\"+spec.group");
        }
        group(definition, violations);
        violations.oneOf(SPEC.child("scope"), spec.scope(), SCOPES);
        names(spec.names(), SPEC.child("names"), violations);
        if (spec.preserveUnknownFields()) {
            violations.invalid(
                    SPEC.child("preserveUnknownFields"),
                    true,
                    "must be false in order to use defaults in the schema and to be structural");
        }
        versions(spec.versions(), current == null ? List.of() : current.spec().versions(), violations);
        conversion(spec.conversion(), violations);
        storedVersions(definition, violations);
    }

    private static void group(CustomResourceDefinition definition, Violations violations) {
        String group = definition.spec().group();
        Path path = SPEC.child("group");
        if (group.isEmpty()) {
            violations.required(path);
            return;
        }
        violations.invalid(path, group, Names.dnsSubdomain(group));
        if (group.indexOf('.') < 0) {
            violations.invalid(path, group, "should be a domain with at least one dot");
        }
        boolean guarded = group.equals("k8s.io")
                || group.endsWith(".k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".kubernetes.io");
        if (guarded
                && definition
                        .metadata()
                        .annotations()
                        .getOrDefault(APPROVED, "")
                        .isEmpty()) {
            violations.required(
                    Path.of("metadata").child("annotations").key(APPROVED),
                    "protected groups must have approval annotation \"" + APPROVED + "\", see "
                            + "https://github.com/kubernetes/enhancements/pull/1111");
        }
    }

    private static void names(CustomResourceDefinitionNames names, Path path, Violations violations) {
        label(names.plural(), path.child("plural"), violations);
        label(names.singular(), path.child("singular"), violations);
        label(names.kind().toLowerCase(Locale.ROOT), path.child("kind"), violations);
        label(names.listKind().toLowerCase(Locale.ROOT), path.child("listKind"), violations);
        if (names.kind().equals(names.listKind())) {
            violations.invalid(path.child("listKind"), names.listKind(), "kind and listKind may not be the same");
        }
        for (int i = 0; i < names.shortNames().size(); i++) {
            label(names.shortNames().get(i), path.child("shortNames").index(i), violations);
        }
        for (int i = 0; i < names.categories().size(); i++) {
            label(names.categories().get(i), path.child("categories").index(i), violations);
        }
    }

    private static void label(String name, Path path, Violations violations) {
        if (name.isEmpty()) {
            violations.required(path);
        } else {
            violations.invalid(path, name, Names.dns1035Label(name));
        }
    }

    private void versions(
            List<CustomResourceDefinitionVersion> versions,
            List<CustomResourceDefinitionVersion> stored,
            Violations violations) {
        Path path = SPEC.child("versions");
        if (versions.isEmpty()) {
            violations.required(path, "must have at least one version");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            CustomResourceDefinitionVersion version = versions.get(i);
            label(version.name(), path.index(i).child("name"), violations);
            if (!seen.add(version.name())) {
                violations.invalid(path, version.name(), "must contain unique version names");
            }
            boolean known = stored.stream()
                    .anyMatch(each ->
                            each.name().equals(version.name()) && Objects.equals(each.schema(), version.schema()));
            version(version, path.index(i), known, violations);
        }
        long storages = versions.stream()
                .filter(CustomResourceDefinitionVersion::storage)
                .count();
        if (storages != 1) {
            violations.invalid(path, storages, "must have exactly one version marked as storage version");
        }
    }

    /** @param known whether the schema stands there already */
    private void version(CustomResourceDefinitionVersion version, Path path, boolean known, Violations violations) {
        CustomResourceValidation validation = version.schema();
        JSONSchemaProps schema = validation == null ? null : validation.openAPIV3Schema();
        Path place = path.child("schema").child("openAPIV3Schema");
        if (schema == null) {
            violations.required(place, "schemas are required");
        } else {
            new SchemaValidation(schemas, rules, violations).root(schema, place, known);
        }
        if (!version.deprecated() && version.deprecationWarning() != null) {
            violations.invalid(
                    path.child("deprecationWarning"),
                    version.deprecationWarning(),
                    "can only be set for deprecated versions");
        }
        for (int i = 0; i < version.additionalPrinterColumns().size(); i++) {
            column(
                    version.additionalPrinterColumns().get(i),
                    path.child("additionalPrinterColumns").index(i),
                    violations);
        }
        CustomResourceSubresources parts = version.subresources();
        if (parts != null && parts.scale() != null) {
            scale(parts.scale(), path.child("subresources").child("scale"), violations);
        }
        SelectableFields.check(version, schema, path.child("selectableFields"), violations);
    }

    private static void column(CustomResourceColumnDefinition column, Path path, Violations violations) {
        if (column.name().isEmpty()) {
            violations.required(path.child("name"));
        }
        if (column.type().isEmpty()) {
            violations.required(path.child("type"), "must be one of " + String.join(",", COLUMN_TYPES));
        } else {
            violations.oneOf(path.child("type"), column.type(), COLUMN_TYPES);
        }
        path(column.jsonPath(), path.child("jsonPath"), violations);
    }

    private static @Nullable JsonPath path(String text, Path path, Violations violations) {
        if (text.isEmpty()) {
            violations.required(path);
            return null;
        }
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException e) {
            violations.invalid(path, text, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static void scale(CustomResourceSubresourceScale scale, Path path, Violations violations) {
        simple(scale.specReplicasPath(), List.of("spec"), path.child("specReplicasPath"), violations);
        simple(scale.statusReplicasPath(), List.of("status"), path.child("statusReplicasPath"), violations);
        String selector = scale.labelSelectorPath();
        if (selector != null && !selector.isEmpty()) {
            simple(selector, List.of("spec", "status"), path.child("labelSelectorPath"), violations);
        }
    }

    private static void simple(String text, List<String> roots, Path path, Violations violations) {
        JsonPath read = path(text, path, violations);
        if (read == null) {
            return;
        }
        if (!read.isSimple()) {
            violations.invalid(path, text, "must be a simple json path, like .spec.replicas");
        } else if (read.names().size() < 2 || !roots.contains(read.names().get(0))) {
            violations.invalid(path, text, "should be a json path under ." + String.join(" or .", roots));
        }
    }

    private static void conversion(@Nullable CustomResourceConversion conversion, Violations violations) {
        if (conversion == null) {
            return;
        }
        Path path = SPEC.child("conversion");
        violations.oneOf(path.child("strategy"), conversion.strategy(), STRATEGIES);
        boolean webhook = conversion.strategy().equals("Webhook");
        if (webhook && conversion.webhook() == null) {
            violations.required(path.child("webhook"), "required when strategy is set to \"Webhook\"");
        } else if (!webhook && conversion.webhook() != null) {
            violations.forbidden(path.child("webhook"), "should not be set when strategy is not set to \"Webhook\"");
        }
    }

    private static void storedVersions(CustomResourceDefinition definition, Violations violations) {
        List<String> stored = definition.status().storedVersions();
        List<String> names = definition.spec().versions().stream()
                .map(CustomResourceDefinitionVersion::name)
                .toList();
        for (int i = 0; i < stored.size(); i++) {
            if (!names.contains(stored.get(i))) {
                violations.invalid(
                        Path.of("status").child("storedVersions").index(i),
                        stored.get(i),
                        "missing from spec.versions; " + stored.get(i)
                                + " was previously a storage version, and must remain in spec.versions until a storage "
                                + "migration ensures no data remains persisted in " + stored.get(i)
                                + " and removes " + stored.get(i) + " from status.storedVersions");
            }
        }
    }

    void update(CustomResourceDefinition wanted, CustomResourceDefinition current, Violations violations) {
        same(SPEC.child("group"), wanted.spec().group(), current.spec().group(), violations);
        same(
                SPEC.child("names").child("plural"),
                wanted.spec().names().plural(),
                current.spec().names().plural(),
                violations);
        if (DefinitionNames.isTrue(current, DefinitionNames.ESTABLISHED)) {
            same(SPEC.child("scope"), wanted.spec().scope(), current.spec().scope(), violations);
            same(
                    SPEC.child("names").child("kind"),
                    wanted.spec().names().kind(),
                    current.spec().names().kind(),
                    violations);
        }
    }

    private static void same(Path path, String wanted, String current, Violations violations) {
        if (!wanted.equals(current)) {
            violations.invalid(path, wanted, "field is immutable");
        }
    }
}
