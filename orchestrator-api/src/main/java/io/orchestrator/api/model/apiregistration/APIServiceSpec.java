package io.orchestrator.api.model.apiregistration;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The version, and who serves it.")
@RecordBuilder
public record APIServiceSpec(
        @Field(value = "The service that serves it; this server itself without it.", tag = 1) @Nullable
        ServiceReference service,

        @Field(value = "The name of the group; empty for the core.", tag = 2)
        String group,

        @Field(value = "The version.", tag = 3) String version,

        @Field(value = "Whether anybody may answer in the place of the service.", tag = 4)
        boolean insecureSkipTLSVerify,

        @Field(value = "The authority that vouches for the service, as PEM.", tag = 5, listType = ListType.ATOMIC)
        @Nullable
        Bytes caBundle,

        @Field(
                value = "The larger, the earlier the group comes in discovery.",
                tag = 7,
                required = true,
                alwaysWritten = true)
        int groupPriorityMinimum,

        @Field(
                value = "The larger, the earlier the version comes within its group.",
                tag = 8,
                required = true,
                alwaysWritten = true)
        int versionPriority)
        implements APIServiceSpecBuilder.With {
    public static final APIServiceSpec EMPTY = APIServiceSpecBuilder.builder().build();

    public APIServiceSpec {
        group = Fields.text(group);
        version = Fields.text(version);
    }
}
