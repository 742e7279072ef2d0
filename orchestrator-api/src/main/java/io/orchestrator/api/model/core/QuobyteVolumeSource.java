package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A Quobyte volume.")
@RecordBuilder
public record QuobyteVolumeSource(
        @Field(
                value = "The registries to ask, as host and port, separated by commas.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String registry,

        @Field(value = "The name of the volume.", tag = 2, required = true, alwaysWritten = true)
        String volume,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly,

        @Field(value = "The user to access it as.", tag = 4) String user,

        @Field(value = "The group to access it as.", tag = 5)
        String group,

        @Field(value = "The tenant that owns it.", tag = 6) String tenant)
        implements QuobyteVolumeSourceBuilder.With {
    public static final QuobyteVolumeSource EMPTY =
            QuobyteVolumeSourceBuilder.builder().build();

    public QuobyteVolumeSource {
        registry = Fields.text(registry);
        volume = Fields.text(volume);
        user = Fields.text(user);
        group = Fields.text(group);
        tenant = Fields.text(tenant);
    }
}
