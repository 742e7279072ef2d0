package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Security context.")
@RecordBuilder
public record SecurityContext(
        @Field(value = "Capabilities.", tag = 1) @Nullable Capabilities capabilities,
        @Field(value = "Privileged.", tag = 2) @Nullable Boolean privileged,

        @Field(value = "Se linux options.", tag = 3) @Nullable
        SELinuxOptions seLinuxOptions,

        @Field(value = "Windows options.", tag = 10) @Nullable
        WindowsSecurityContextOptions windowsOptions,

        @Field(value = "Run as user.", tag = 4) @Nullable Long runAsUser,
        @Field(value = "Run as group.", tag = 8) @Nullable Long runAsGroup,

        @Field(value = "Run as non root.", tag = 5) @Nullable
        Boolean runAsNonRoot,

        @Field(value = "Read only root filesystem.", tag = 6) @Nullable
        Boolean readOnlyRootFilesystem,

        @Field(value = "Allow privilege escalation.", tag = 7) @Nullable
        Boolean allowPrivilegeEscalation,

        @Field(
                value = "Proc mount.",
                tag = 9,
                enumValues = {ProcMountType.DEFAULT, ProcMountType.UNMASKED})
        @Nullable
        String procMount,

        @Field(value = "Seccomp profile.", tag = 11) @Nullable
        SeccompProfile seccompProfile,

        @Field(value = "App armor profile.", tag = 12) @Nullable
        AppArmorProfile appArmorProfile)
        implements SecurityContextBuilder.With {
    public static final SecurityContext EMPTY = SecurityContextBuilder.builder().build();
}
