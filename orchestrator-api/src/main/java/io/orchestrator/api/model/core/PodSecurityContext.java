package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Rights and identities of all containers of a pod.")
@RecordBuilder
public record PodSecurityContext(
        @Field(value = "The SELinux context.", tag = 1) @Nullable
        SELinuxOptions seLinuxOptions,

        @Field(value = "Settings for Windows.", tag = 8) @Nullable
        WindowsSecurityContextOptions windowsOptions,

        @Field(value = "The user id of the processes; absent takes that of the image.", tag = 2) @Nullable
        Long runAsUser,

        @Field(value = "The group id of the processes.", tag = 6) @Nullable
        Long runAsGroup,

        @Field(value = "Whether to refuse to start as root.", tag = 3) @Nullable
        Boolean runAsNonRoot,

        @Field(value = "More groups that the process belongs to.", tag = 4, listType = ListType.ATOMIC)
        List<Long> supplementalGroups,

        @Field(
                value = "Whether groups that the image gives the user count too.",
                tag = 12,
                enumValues = {SupplementalGroupsPolicy.MERGE, SupplementalGroupsPolicy.STRICT})
        @Nullable
        String supplementalGroupsPolicy,

        @Field(value = "The group that owns volumes and that every process belongs to.", tag = 5) @Nullable
        Long fsGroup,

        @Field(value = "Kernel settings of the pod.", tag = 7, listType = ListType.ATOMIC)
        List<Sysctl> sysctls,

        @Field(
                value = "When the owner of a volume's files is changed.",
                tag = 9,
                enumValues = {PodFSGroupChangePolicy.ON_ROOT_MISMATCH, PodFSGroupChangePolicy.ALWAYS})
        @Nullable
        String fsGroupChangePolicy,

        @Field(value = "Which system calls are allowed.", tag = 10) @Nullable
        SeccompProfile seccompProfile,

        @Field(value = "The AppArmor profile.", tag = 11) @Nullable
        AppArmorProfile appArmorProfile,

        @Field(value = "How volumes get their SELinux label.", tag = 13) @Nullable
        String seLinuxChangePolicy)
        implements PodSecurityContextBuilder.With {
    public static final PodSecurityContext EMPTY =
            PodSecurityContextBuilder.builder().build();

    public PodSecurityContext {
        supplementalGroups = Fields.list(supplementalGroups);
        sysctls = Fields.list(sysctls);
    }
}
