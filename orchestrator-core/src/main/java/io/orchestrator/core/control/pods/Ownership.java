package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who controls whom. */
public final class Ownership {
    private Ownership() {}

    /** The one owner that controls the object. */
    public static Optional<OwnerReference> controllerOf(Resource object) {
        return Optional.ofNullable(find(object));
    }

    public static boolean isControlledBy(Resource object, String uid) {
        OwnerReference controller = find(object);
        return controller != null && controller.uid().equals(uid);
    }

    /** Asked of every pod at every look at all of them. */
    private static @Nullable OwnerReference find(Resource object) {
        List<OwnerReference> owners = object.metadata().ownerReferences();
        for (int i = 0; i < owners.size(); i++) {
            if (Boolean.TRUE.equals(owners.get(i).controller())) {
                return owners.get(i);
            }
        }
        return null;
    }

    /** The reference by which an object says that this one controls it. */
    public static OwnerReference referenceTo(Resource owner, ResourceType<?> type) {
        return OwnerReferenceBuilder.builder()
                .apiVersion(type.apiVersion())
                .kind(type.kind())
                .name(owner.metadata().name())
                .uid(owner.metadata().uid())
                .controller(true)
                .blockOwnerDeletion(true)
                .build();
    }

    /** The metadata of the object with this owner added. */
    public static ObjectMeta adopted(Resource object, OwnerReference owner) {
        List<OwnerReference> owners = without(object, owner.uid());
        owners.add(owner);
        return object.metadata().withOwnerReferences(owners);
    }

    /** The metadata of the object without this owner. */
    public static ObjectMeta released(Resource object, String ownerUid) {
        return object.metadata().withOwnerReferences(without(object, ownerUid));
    }

    private static List<OwnerReference> without(Resource object, String ownerUid) {
        List<OwnerReference> owners = new ArrayList<>(object.metadata().ownerReferences());
        owners.removeIf(reference -> reference.uid().equals(ownerUid));
        return owners;
    }
}
