package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Rights and identity on Windows.")
@RecordBuilder
public record WindowsSecurityContextOptions(
        @Field(value = "The name of the GMSA credential spec.", tag = 1) @Nullable
        String gmsaCredentialSpecName,

        @Field(value = "The GMSA credential spec itself.", tag = 2) @Nullable
        String gmsaCredentialSpec,

        @Field(value = "The user that the process runs as.", tag = 3) @Nullable
        String runAsUserName,

        @Field(value = "Whether it runs as a process of the host.", tag = 4) @Nullable
        Boolean hostProcess)
        implements WindowsSecurityContextOptionsBuilder.With {
    public static final WindowsSecurityContextOptions EMPTY =
            WindowsSecurityContextOptionsBuilder.builder().build();
}
