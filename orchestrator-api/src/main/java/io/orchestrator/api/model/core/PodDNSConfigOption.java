package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Pod dns config option.")
@RecordBuilder
public record PodDNSConfigOption(
        @Field(value = "Name.", tag = 1) String name,
        @Field(value = "Value.", tag = 2) @Nullable String value) implements PodDNSConfigOptionBuilder.With {
    public static final PodDNSConfigOption EMPTY =
            PodDNSConfigOptionBuilder.builder().build();

    public PodDNSConfigOption {
        name = Fields.text(name);
    }
}
