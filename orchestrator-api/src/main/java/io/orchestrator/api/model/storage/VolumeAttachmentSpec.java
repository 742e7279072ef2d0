package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Which volume goes to which node.")
@RecordBuilder
public record VolumeAttachmentSpec(
        @Field(value = "The driver that does it.", tag = 1, required = true, alwaysWritten = true)
        String attacher,

        @Field(value = "The volume.", tag = 2, required = true)
        VolumeAttachmentSource source,

        @Field(value = "The node.", tag = 3, required = true, alwaysWritten = true)
        String nodeName)
        implements VolumeAttachmentSpecBuilder.With {
    public static final VolumeAttachmentSpec EMPTY =
            VolumeAttachmentSpecBuilder.builder().build();

    public VolumeAttachmentSpec {
        attacher = Fields.text(attacher);
        source = Fields.orElse(source, VolumeAttachmentSource.EMPTY);
        nodeName = Fields.text(nodeName);
    }
}
