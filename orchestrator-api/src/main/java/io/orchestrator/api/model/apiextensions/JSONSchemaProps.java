package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("A schema of JSON values, as far as definitions may use it.")
@RecordBuilder
public record JSONSchemaProps(
        @Field("Must be empty.") String id,
        @Field(value = "Must be empty.", name = "$schema") String schema,

        @Field(value = "Must be absent.", name = "$ref") @Nullable
        String ref,

        @Field("What the value is for.") String description,

        @Field("The type: object, array, string, integer, number or boolean.")
        String type,

        @Field("A format of the type, such as date-time.") String format,
        @Field("A short name.") String title,

        @Field(value = "The value where none is given.", name = "default") @Nullable
        RawJson defaultValue,

        @Field("The largest number.") @Nullable Double maximum,
        @Field("Whether the largest is excluded itself.") boolean exclusiveMaximum,
        @Field("The smallest number.") @Nullable Double minimum,
        @Field("Whether the smallest is excluded itself.") boolean exclusiveMinimum,

        @Field("The largest number of characters.") @Nullable
        Long maxLength,

        @Field("The smallest number of characters.") @Nullable
        Long minLength,

        @Field("A regular expression that must be found in the text.")
        String pattern,

        @Field("The largest number of items.") @Nullable Long maxItems,
        @Field("The smallest number of items.") @Nullable Long minItems,
        @Field("Must be false.") boolean uniqueItems,

        @Field("What the number must be a multiple of.") @Nullable
        Double multipleOf,

        @Field(value = "The only values.", name = "enum", listType = ListType.ATOMIC)
        List<RawJson> enumValues,

        @Field("The largest number of fields.") @Nullable Long maxProperties,
        @Field("The smallest number of fields.") @Nullable Long minProperties,

        @Field(value = "The fields that must be there.", listType = ListType.ATOMIC)
        List<String> required,

        @Field("The schema of the items.") @Nullable RawJson items,

        @Field(value = "Schemas that must all hold.", listType = ListType.ATOMIC)
        List<JSONSchemaProps> allOf,

        @Field(value = "Schemas of which exactly one must hold.", listType = ListType.ATOMIC)
        List<JSONSchemaProps> oneOf,

        @Field(value = "Schemas of which one must hold.", listType = ListType.ATOMIC)
        List<JSONSchemaProps> anyOf,

        @Field("A schema that must not hold.") @Nullable JSONSchemaProps not,
        @Field("The schemas of the fields.") Map<String, JSONSchemaProps> properties,

        @Field("The schema of all other fields, or whether there may be any.") @Nullable
        RawJson additionalProperties,

        @Field("Must be empty.") Map<String, JSONSchemaProps> patternProperties,
        @Field("Must be empty.") Map<String, RawJson> dependencies,
        @Field("Must be absent.") @Nullable RawJson additionalItems,
        @Field("Must be empty.") Map<String, JSONSchemaProps> definitions,
        @Field("Where to read more.") @Nullable ExternalDocumentation externalDocs,
        @Field("An example of a value.") @Nullable RawJson example,
        @Field("Whether null is a value.") boolean nullable,

        @Field(
                value = "Whether fields that the schema does not know are kept.",
                name = "x-kubernetes-preserve-unknown-fields")
        @Nullable
        Boolean preserveUnknownFields,

        @Field(
                value = "Whether the value is an object of the API, with kind and metadata.",
                name = "x-kubernetes-embedded-resource")
        boolean embeddedResource,

        @Field(value = "Whether the value is a whole number or a text.", name = "x-kubernetes-int-or-string")
        boolean intOrString,

        @Field(
                value = "The fields by which the items of a list are told apart.",
                name = "x-kubernetes-list-map-keys",
                listType = ListType.ATOMIC)
        List<String> listMapKeys,

        @Field(value = "What a list is to server-side apply: atomic, set or map.", name = "x-kubernetes-list-type")
        @Nullable
        String listType,

        @Field(value = "What an object is to server-side apply: granular or atomic.", name = "x-kubernetes-map-type")
        @Nullable
        String mapType,

        @Field(
                value = "Rules in CEL.",
                name = "x-kubernetes-validations",
                listType = ListType.MAP,
                mapKeys = "rule",
                mergeKey = "rule",
                patch = PatchStrategy.MERGE)
        List<ValidationRule> validations)
        implements JSONSchemaPropsBuilder.With {
    public static final JSONSchemaProps EMPTY = JSONSchemaPropsBuilder.builder().build();

    public JSONSchemaProps {
        id = Fields.text(id);
        schema = Fields.text(schema);
        description = Fields.text(description);
        type = Fields.text(type);
        format = Fields.text(format);
        title = Fields.text(title);
        pattern = Fields.text(pattern);
        enumValues = Fields.list(enumValues);
        required = Fields.list(required);
        allOf = Fields.list(allOf);
        oneOf = Fields.list(oneOf);
        anyOf = Fields.list(anyOf);
        properties = Fields.map(properties);
        patternProperties = Fields.map(patternProperties);
        dependencies = Fields.map(dependencies);
        definitions = Fields.map(definitions);
        listMapKeys = Fields.list(listMapKeys);
        validations = Fields.list(validations);
    }
}
