package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Quobyte volume source.")
@RecordBuilder
public record QuobyteVolumeSource(
        @Field(value = "Registry.", tag = 1, required = true, alwaysWritten = true)
        String registry,

        @Field(value = "Volume.", tag = 2, required = true, alwaysWritten = true)
        String volume,

        @Field(value = "Read only.", tag = 3) boolean readOnly,
        @Field(value = "User.", tag = 4) String user,
        @Field(value = "Group.", tag = 5) String group,
        @Field(value = "Tenant.", tag = 6) String tenant)
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
