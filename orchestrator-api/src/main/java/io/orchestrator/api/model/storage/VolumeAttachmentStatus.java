package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Whether the volume is attached.")
@RecordBuilder
public record VolumeAttachmentStatus(
        @Field(value = "Whether it is attached.", tag = 1, required = true, alwaysWritten = true)
        boolean attached,

        @Field(value = "What the driver tells of the attachment.", tag = 2)
        Map<String, String> attachmentMetadata,

        @Field(value = "The latest failure to attach.", tag = 3) @Nullable
        VolumeError attachError,

        @Field(value = "The latest failure to detach.", tag = 4) @Nullable
        VolumeError detachError)
        implements VolumeAttachmentStatusBuilder.With {
    public static final VolumeAttachmentStatus EMPTY =
            VolumeAttachmentStatusBuilder.builder().build();

    public VolumeAttachmentStatus {
        attachmentMetadata = Fields.map(attachmentMetadata);
    }
}
