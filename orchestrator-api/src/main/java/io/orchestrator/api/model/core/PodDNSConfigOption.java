package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("An option of the resolver.")
@RecordBuilder
public record PodDNSConfigOption(
        @Field(value = "The name of the option.", tag = 1) String name,

        @Field(value = "Its value, if it takes one.", tag = 2) @Nullable
        String value)
        implements PodDNSConfigOptionBuilder.With {
    public static final PodDNSConfigOption EMPTY =
            PodDNSConfigOptionBuilder.builder().build();

    public PodDNSConfigOption {
        name = Fields.text(name);
    }
}
