package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Which AppArmor profile applies.")
@RecordBuilder
public record AppArmorProfile(
        @Field(
                value = "Where the profile comes from.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    AppArmorProfileType.UNCONFINED,
                    AppArmorProfileType.RUNTIME_DEFAULT,
                    AppArmorProfileType.LOCALHOST
                })
        String type,

        @Field(value = "The name of the profile on the node.", tag = 2) @Nullable
        String localhostProfile)
        implements AppArmorProfileBuilder.With {
    public static final AppArmorProfile EMPTY = AppArmorProfileBuilder.builder().build();

    public AppArmorProfile {
        type = Fields.text(type);
    }
}
