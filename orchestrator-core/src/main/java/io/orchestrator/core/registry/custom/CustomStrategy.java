package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceConversion;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresources;
import io.orchestrator.api.model.apiextensions.CustomResourceValidation;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.api.model.apiextensions.SelectableField;
import io.orchestrator.api.model.apiextensions.WebhookClientConfig;
import io.orchestrator.api.model.apiextensions.WebhookConversion;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.ResourceStrategyBuilder;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.registry.webhook.Conversions;
import io.orchestrator.core.schema.DefinitionNames;
import io.orchestrator.core.schema.StructuralSchema;
import io.orchestrator.core.shape.SchemaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is particular to one version of one custom resource. Immutable. */
final class CustomStrategy {
    private static final String STATUS = "status";

    private final ResourceType<Unstructured> type;
    private final StructuralSchema schema;
    private final CustomRules rules;
    private final boolean hasStatus;
    private final UnaryOperator<Unstructured> conversion;

    private CustomStrategy(
            ResourceType<Unstructured> type,
            StructuralSchema schema,
            CustomRules rules,
            boolean hasStatus,
            UnaryOperator<Unstructured> conversion) {
        this.type = type;
        this.schema = schema;
        this.rules = rules;
        this.hasStatus = hasStatus;
        this.conversion = conversion;
    }

    static ResourceStrategy<Unstructured> of(
            CustomResourceDefinition definition,
            CustomResourceDefinitionVersion version,
            SchemaBuilder schemas,
            RuleCompiler compiler,
            Conversions conversions) {
        StructuralSchema schema = schemas.build(schemaOf(version));
        CustomResourceSubresources parts = version.subresources();
        boolean hasStatus = parts != null && parts.status() != null;
        ResourceType<Unstructured> type = typeOf(definition, version);
        CustomStrategy custom = new CustomStrategy(
                type,
                schema,
                CustomRules.of(schema, compiler),
                hasStatus,
                conversion(definition, type.apiVersion(), conversions));
        ResourceStrategyBuilder<Unstructured> strategy = ResourceStrategy.of(type)
                .structure(schema)
                .conforming(object -> Pruning.prune(object, schema))
                .defaults(object -> Defaulting.of(object, schema))
                .fromStore(custom::fromStore)
                .toStore(storing(definition, conversions))
                .prepareCreate(object -> hasStatus ? object.with(STATUS, null) : object)
                .judgement(custom::judge)
                .statusValidation(custom::judge)
                .generationOf(custom::counted)
                .columns(CustomColumns.of(version.additionalPrinterColumns()))
                .warning(warning(type, version));
        if (hasStatus) {
            strategy.status(
                    (object, source) -> object.with(STATUS, source.fields().get(STATUS)));
        }
        if (parts != null && parts.scale() != null) {
            strategy.subresource(new ScaleView(parts.scale()).subresource());
        }
        for (SelectableField field : version.selectableFields()) {
            JsonPath path = JsonPath.parse(field.jsonPath());
            strategy.field(
                    field.jsonPath().substring(1),
                    object -> path.findFirst(object).map(CustomStrategy::text).orElse(""));
        }
        if (DefinitionNames.isTrue(definition, DefinitionNames.TERMINATING)
                || definition.metadata().deletionTimestamp() != null) {
            strategy.closed("create not allowed while custom resource definition is terminating");
        }
        return strategy.build();
    }

    /** How an object of another version comes into this one. */
    private static UnaryOperator<Unstructured> conversion(
            CustomResourceDefinition definition, String apiVersion, Conversions conversions) {
        CustomResourceConversion conversion = definition.spec().conversion();
        WebhookConversion webhook = conversion == null ? null : conversion.webhook();
        if (webhook == null || webhook.clientConfig() == null) {
            return object -> object.withApiVersion(apiVersion);
        }
        WebhookClientConfig config = webhook.clientConfig();
        return object -> conversions.convert(config, object, apiVersion);
    }

    private static UnaryOperator<Unstructured> storing(CustomResourceDefinition definition, Conversions conversions) {
        String stored = definition.spec().versions().stream()
                .filter(CustomResourceDefinitionVersion::storage)
                .map(version -> definition.spec().group() + "/" + version.name())
                .findFirst()
                .orElse("");
        UnaryOperator<Unstructured> conversion = conversion(definition, stored, conversions);
        return object -> stored.isEmpty() || object.apiVersion().equals(stored) ? object : conversion.apply(object);
    }

    private static JSONSchemaProps schemaOf(CustomResourceDefinitionVersion version) {
        CustomResourceValidation validation = version.schema();
        JSONSchemaProps schema = validation == null ? null : validation.openAPIV3Schema();
        return schema == null ? JSONSchemaProps.EMPTY : schema;
    }

    static ResourceType<Unstructured> typeOf(
            CustomResourceDefinition definition, CustomResourceDefinitionVersion version) {
        CustomResourceDefinitionNames names = definition.status().acceptedNames();
        return new ResourceType<>(
                definition.spec().group(),
                version.name(),
                names.kind(),
                names.plural(),
                names.singular(),
                definition.spec().scope().equals("Namespaced"),
                names.shortNames(),
                names.categories(),
                Unstructured.class);
    }

    private static String warning(ResourceType<?> type, CustomResourceDefinitionVersion version) {
        if (!version.deprecated()) {
            return "";
        }
        String own = version.deprecationWarning();
        return own != null ? own : type.apiVersion() + " " + type.kind() + " is deprecated";
    }

    /** Whatever version and schema it was written under: without what this one does not know, with what this one adds. */
    private Unstructured fromStore(Unstructured stored) {
        Unstructured versioned = stored.apiVersion().equals(type.apiVersion()) ? stored : conversion.apply(stored);
        return Defaulting.of(Pruning.prune(versioned, schema).value(), schema);
    }

    private void judge(Unstructured object, @Nullable Unstructured current, Violations violations) {
        Map<String, @Nullable Object> root = ObjectValues.root(object);
        Map<String, @Nullable Object> before = current == null ? null : ObjectValues.root(current);
        int known = violations.count();
        new ValueValidation(violations).check(root, before, schema, Path.root());
        if (violations.count() == known) {
            rules.check(root, before, violations);
        }
    }

    /** Everything but metadata, and but the status where that is written apart. */
    private Object counted(Unstructured object) {
        if (!hasStatus) {
            return object.fields();
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(object.fields());
        fields.remove(STATUS);
        return fields;
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
