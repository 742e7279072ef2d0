package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Pod security context.")
@RecordBuilder
public record PodSecurityContext(
        @Field(value = "Se linux options.", tag = 1) @Nullable
        SELinuxOptions seLinuxOptions,

        @Field(value = "Windows options.", tag = 8) @Nullable
        WindowsSecurityContextOptions windowsOptions,

        @Field(value = "Run as user.", tag = 2) @Nullable Long runAsUser,
        @Field(value = "Run as group.", tag = 6) @Nullable Long runAsGroup,

        @Field(value = "Run as non root.", tag = 3) @Nullable
        Boolean runAsNonRoot,

        @Field(value = "Supplemental groups.", tag = 4, listType = ListType.ATOMIC)
        List<Long> supplementalGroups,

        @Field(
                value = "Supplemental groups policy.",
                tag = 12,
                enumValues = {SupplementalGroupsPolicy.MERGE, SupplementalGroupsPolicy.STRICT})
        @Nullable
        String supplementalGroupsPolicy,

        @Field(value = "Fs group.", tag = 5) @Nullable Long fsGroup,

        @Field(value = "Sysctls.", tag = 7, listType = ListType.ATOMIC)
        List<Sysctl> sysctls,

        @Field(
                value = "Fs group change policy.",
                tag = 9,
                enumValues = {PodFSGroupChangePolicy.ON_ROOT_MISMATCH, PodFSGroupChangePolicy.ALWAYS})
        @Nullable
        String fsGroupChangePolicy,

        @Field(value = "Seccomp profile.", tag = 10) @Nullable
        SeccompProfile seccompProfile,

        @Field(value = "App armor profile.", tag = 11) @Nullable
        AppArmorProfile appArmorProfile,

        @Field(value = "Se linux change policy.", tag = 13) @Nullable
        String seLinuxChangePolicy)
        implements PodSecurityContextBuilder.With {
    public static final PodSecurityContext EMPTY =
            PodSecurityContextBuilder.builder().build();

    public PodSecurityContext {
        supplementalGroups = Fields.list(supplementalGroups);
        sysctls = Fields.list(sysctls);
    }
}
