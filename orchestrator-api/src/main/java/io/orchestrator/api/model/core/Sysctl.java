package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A kernel setting.")
@RecordBuilder
public record Sysctl(
        @Field(value = "The name of the setting.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Its value.", tag = 2, required = true, alwaysWritten = true)
        String value)
        implements SysctlBuilder.With {
    public static final Sysctl EMPTY = SysctlBuilder.builder().build();

    public Sysctl {
        name = Fields.text(name);
        value = Fields.text(value);
    }
}
