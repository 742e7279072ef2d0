package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Rights and identity of one container; they go before those of the pod.")
@RecordBuilder
public record SecurityContext(
        @Field(value = "Capabilities to add to or take from the usual ones.", tag = 1) @Nullable
        Capabilities capabilities,

        @Field(value = "Whether it has all the rights of the node's root.", tag = 2) @Nullable
        Boolean privileged,

        @Field(value = "The SELinux context.", tag = 3) @Nullable
        SELinuxOptions seLinuxOptions,

        @Field(value = "Settings for Windows.", tag = 10) @Nullable
        WindowsSecurityContextOptions windowsOptions,

        @Field(value = "The user id of the process; absent takes that of the image.", tag = 4) @Nullable
        Long runAsUser,

        @Field(value = "The group id of the process.", tag = 8) @Nullable
        Long runAsGroup,

        @Field(value = "Whether to refuse to start as root.", tag = 5) @Nullable
        Boolean runAsNonRoot,

        @Field(value = "Whether the root file system cannot be written to.", tag = 6) @Nullable
        Boolean readOnlyRootFilesystem,

        @Field(value = "Whether a process can gain more rights than its parent has.", tag = 7) @Nullable
        Boolean allowPrivilegeEscalation,

        @Field(
                value = "Which parts of /proc are hidden.",
                tag = 9,
                enumValues = {ProcMountType.DEFAULT, ProcMountType.UNMASKED})
        @Nullable
        String procMount,

        @Field(value = "Which system calls are allowed.", tag = 11) @Nullable
        SeccompProfile seccompProfile,

        @Field(value = "The AppArmor profile.", tag = 12) @Nullable
        AppArmorProfile appArmorProfile)
        implements SecurityContextBuilder.With {
    public static final SecurityContext EMPTY = SecurityContextBuilder.builder().build();
}
