package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What a storage driver needs and can do.")
@RecordBuilder
public record CSIDriverSpec(
        @Field(value = "Whether volumes must be attached to a node first.", tag = 1) @Nullable
        Boolean attachRequired,

        @Field(value = "Whether the driver is told for which pod it mounts.", tag = 2) @Nullable
        Boolean podInfoOnMount,

        @Field(value = "The sorts of volumes that it serves.", tag = 3, listType = ListType.SET)
        List<String> volumeLifecycleModes,

        @Field(value = "Whether the scheduler looks at the capacity that is left.", tag = 4) @Nullable
        Boolean storageCapacity,

        @Field(value = "Whether the owner of files may be changed on mounting.", tag = 5) @Nullable
        String fsGroupPolicy,

        @Field(
                value = "The tokens that the driver gets for the pod's service account.",
                tag = 6,
                listType = ListType.ATOMIC)
        List<TokenRequest> tokenRequests,

        @Field(value = "Whether the driver is asked to mount again from time to time.", tag = 7) @Nullable
        Boolean requiresRepublish,

        @Field(value = "Whether volumes can be mounted with an SELinux context.", tag = 8) @Nullable
        Boolean seLinuxMount)
        implements CSIDriverSpecBuilder.With {
    public static final CSIDriverSpec EMPTY = CSIDriverSpecBuilder.builder().build();

    public CSIDriverSpec {
        volumeLifecycleModes = Fields.list(volumeLifecycleModes);
        tokenRequests = Fields.list(tokenRequests);
    }
}
