package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Windows security context options.")
@RecordBuilder
public record WindowsSecurityContextOptions(
        @Field(value = "Gmsa credential spec name.", tag = 1) @Nullable
        String gmsaCredentialSpecName,

        @Field(value = "Gmsa credential spec.", tag = 2) @Nullable
        String gmsaCredentialSpec,

        @Field(value = "Run as user name.", tag = 3) @Nullable
        String runAsUserName,

        @Field(value = "Host process.", tag = 4) @Nullable Boolean hostProcess)
        implements WindowsSecurityContextOptionsBuilder.With {
    public static final WindowsSecurityContextOptions EMPTY =
            WindowsSecurityContextOptionsBuilder.builder().build();
}
