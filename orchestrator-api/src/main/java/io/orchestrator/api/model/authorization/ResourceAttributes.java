package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A request for a resource.")
@RecordBuilder
public record ResourceAttributes(
        @Field(value = "The namespace; empty for all, or for none.", tag = 1)
        String namespace,

        @Field(value = "What is done, such as get; * stands for everything.", tag = 2)
        String verb,

        @Field(value = "The API group; * stands for all.", tag = 3)
        String group,

        @Field(value = "The API version; * stands for all.", tag = 4)
        String version,

        @Field(value = "The resource; * stands for all.", tag = 5)
        String resource,

        @Field(value = "The subresource; empty for none.", tag = 6)
        String subresource,

        @Field(value = "The name of the object; empty for all.", tag = 7)
        String name,

        @Field(value = "The objects, by their fields.", tag = 8) @Nullable
        FieldSelectorAttributes fieldSelector,

        @Field(value = "The objects, by their labels.", tag = 9) @Nullable
        LabelSelectorAttributes labelSelector)
        implements ResourceAttributesBuilder.With {
    public static final ResourceAttributes EMPTY =
            ResourceAttributesBuilder.builder().build();

    public ResourceAttributes {
        namespace = Fields.text(namespace);
        verb = Fields.text(verb);
        group = Fields.text(group);
        version = Fields.text(version);
        resource = Fields.text(resource);
        subresource = Fields.text(subresource);
        name = Fields.text(name);
    }
}
