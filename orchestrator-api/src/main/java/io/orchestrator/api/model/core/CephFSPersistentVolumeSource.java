package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Ceph fs persistent volume source.")
@RecordBuilder
public record CephFSPersistentVolumeSource(
        @Field(value = "Monitors.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<String> monitors,

        @Field(value = "Path.", tag = 2) String path,
        @Field(value = "User.", tag = 3) String user,
        @Field(value = "Secret file.", tag = 4) String secretFile,
        @Field(value = "Secret ref.", tag = 5) @Nullable SecretReference secretRef,
        @Field(value = "Read only.", tag = 6) boolean readOnly)
        implements CephFSPersistentVolumeSourceBuilder.With {
    public static final CephFSPersistentVolumeSource EMPTY =
            CephFSPersistentVolumeSourceBuilder.builder().build();

    public CephFSPersistentVolumeSource {
        monitors = Fields.list(monitors);
        path = Fields.text(path);
        user = Fields.text(user);
        secretFile = Fields.text(secretFile);
    }
}
