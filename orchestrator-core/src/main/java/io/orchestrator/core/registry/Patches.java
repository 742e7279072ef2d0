package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;

/** Patches of objects, their status and their views: each is applied to the version that stands, as often as needed. Thread-safe. */
final class Patches {
    private final Codec codec;
    private final ObjectReader reader;
    private final Creation creation;
    private final Replacement replacement;
    private final Subresources subresources;

    Patches(
            Codec codec,
            ObjectReader reader,
            Creation creation,
            Replacement replacement,
            Subresources subresources) {
        this.codec = codec;
        this.reader = reader;
        this.creation = creation;
        this.replacement = replacement;
        this.subresources = subresources;
    }

    <T extends Resource> StoredObject patch(
            ObjectRef<T> ref, String subresource, Patch patch, WriteOptions options, Caller caller) {
        if (patch.type() == Patch.Type.APPLY && reader.find(ref).isEmpty() && subresource.isEmpty()) {
            T wanted = codec.decode(ref.strategy().type(), patch, options, caller.warnings());
            return creation.create(ref.strategy(), ref.namespace(), named(ref, wanted), options, caller);
        }
        Class<T> kind = ref.strategy().type().objectClass();
        return switch (subresource) {
            case "" -> replacement.change(
                    ref,
                    Replacement.Part.OBJECT,
                    Replacement.to(current -> kind.cast(codec.patched(current, patch, options, caller.warnings()))),
                    options,
                    caller);
            case "status" -> {
                Targets.requireStatus(ref.strategy());
                yield replacement.change(
                        ref,
                        Replacement.Part.STATUS,
                        Replacement.to(current -> kind.cast(codec.patched(current, patch, options, caller.warnings()))),
                        options,
                        caller);
            }
            default -> subresources.patch(
                    ref,
                    subresource,
                    view -> codec.patched(view, patch, options, caller.warnings()),
                    options,
                    caller);
        };
    }

    <T extends Resource> StoredObject apply(
            ObjectRef<T> ref, String subresource, Resource body, WriteOptions options, Caller caller) {
        return patch(ref, subresource, Patch.apply(codec.applied(body)), options, caller);
    }

    private static <T extends Resource> T named(ObjectRef<T> ref, T wanted) {
        String name = wanted.metadata().name();
        if (!name.isEmpty() && !name.equals(ref.name())) {
            throw ApiException.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + ref.name() + ")");
        }
        return Metadata.edit(wanted, metadata -> metadata.name(ref.name()).namespace(ref.namespace()));
    }
}
