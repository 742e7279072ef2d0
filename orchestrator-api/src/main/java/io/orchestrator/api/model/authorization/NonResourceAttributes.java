package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A request for a path that is no resource.")
@RecordBuilder
public record NonResourceAttributes(
        @Field(value = "The path.", tag = 1) String path,

        @Field(value = "The method, in lower case.", tag = 2)
        String verb)
        implements NonResourceAttributesBuilder.With {
    public static final NonResourceAttributes EMPTY =
            NonResourceAttributesBuilder.builder().build();

    public NonResourceAttributes {
        path = Fields.text(path);
        verb = Fields.text(verb);
    }
}
