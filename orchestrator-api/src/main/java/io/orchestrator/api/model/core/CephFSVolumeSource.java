package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A Ceph file system.")
@RecordBuilder
public record CephFSVolumeSource(
        @Field(value = "The Ceph monitors.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<String> monitors,

        @Field(value = "The directory to mount as the root.", tag = 2)
        String path,

        @Field(value = "The user to log in as.", tag = 3) String user,

        @Field(value = "The path of the user's key ring.", tag = 4)
        String secretFile,

        @Field(value = "The secret with the credentials.", tag = 5) @Nullable
        LocalObjectReference secretRef,

        @Field(value = "Whether it is mounted without the right to write.", tag = 6)
        boolean readOnly)
        implements CephFSVolumeSourceBuilder.With {
    public static final CephFSVolumeSource EMPTY =
            CephFSVolumeSourceBuilder.builder().build();

    public CephFSVolumeSource {
        monitors = Fields.list(monitors);
        path = Fields.text(path);
        user = Fields.text(user);
        secretFile = Fields.text(secretFile);
    }
}
