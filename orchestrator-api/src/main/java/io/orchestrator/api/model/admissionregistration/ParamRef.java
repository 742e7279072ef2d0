package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Refers to the objects that give parameters.")
@Atomic
@RecordBuilder
public record ParamRef(
        @Field(value = "The name of the object.", tag = 1) String name,

        @Field(value = "The namespace of the object.", tag = 2)
        String namespace,

        @Field(value = "The objects, by their labels.", tag = 3) @Nullable
        LabelSelector selector,

        @Field(value = "What follows if there is none.", tag = 4) @Nullable
        String parameterNotFoundAction)
        implements ParamRefBuilder.With {
    public static final ParamRef EMPTY = ParamRefBuilder.builder().build();

    public ParamRef {
        name = Fields.text(name);
        namespace = Fields.text(namespace);
    }
}
