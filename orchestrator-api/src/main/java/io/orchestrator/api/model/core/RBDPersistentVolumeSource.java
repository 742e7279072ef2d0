package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A Ceph block device.")
@RecordBuilder
public record RBDPersistentVolumeSource(
        @Field(value = "The Ceph monitors.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<String> monitors,

        @Field(value = "The name of the image.", tag = 2, required = true, alwaysWritten = true)
        String image,

        @Field(value = "The file system to mount, such as ext4.", tag = 3)
        String fsType,

        @Field(value = "The pool of the image.", tag = 4, defaultValue = "\"rbd\"")
        String pool,

        @Field(value = "The user to log in as.", tag = 5, defaultValue = "\"admin\"")
        String user,

        @Field(value = "The path of the user's key ring.", tag = 6, defaultValue = "\"/etc/ceph/keyring\"")
        String keyring,

        @Field(value = "The secret with the credentials.", tag = 7) @Nullable
        SecretReference secretRef,

        @Field(value = "Whether it is mounted without the right to write.", tag = 8)
        boolean readOnly)
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
