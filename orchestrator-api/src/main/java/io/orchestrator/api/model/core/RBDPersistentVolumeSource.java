package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Rbd persistent volume source.")
@RecordBuilder
public record RBDPersistentVolumeSource(
        @Field(value = "Monitors.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<String> monitors,

        @Field(value = "Image.", tag = 2, required = true, alwaysWritten = true)
        String image,

        @Field(value = "Fs type.", tag = 3) String fsType,

        @Field(value = "Pool.", tag = 4, defaultValue = "\"rbd\"")
        String pool,

        @Field(value = "User.", tag = 5, defaultValue = "\"admin\"")
        String user,

        @Field(value = "Keyring.", tag = 6, defaultValue = "\"/etc/ceph/keyring\"")
        String keyring,

        @Field(value = "Secret ref.", tag = 7) @Nullable SecretReference secretRef,
        @Field(value = "Read only.", tag = 8) boolean readOnly)
        implements RBDPersistentVolumeSourceBuilder.With {
    public static final RBDPersistentVolumeSource EMPTY =
            RBDPersistentVolumeSourceBuilder.builder().build();

    public RBDPersistentVolumeSource {
        monitors = Fields.list(monitors);
        image = Fields.text(image);
        fsType = Fields.text(fsType);
        pool = Fields.text(pool);
        user = Fields.text(user);
        keyring = Fields.text(keyring);
    }
}
