package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Patches of objects, their status and their views: each is applied to the version that stands, as often as needed.
 * Thread-safe.
 */
final class Patches {
    private static final int APPLY_ATTEMPTS = 5;

    private final Codec codec;
    private final ObjectReader reader;
    private final Creation creation;
    private final Replacement replacement;
    private final Subresources subresources;
    private final Clock clock;

    Patches(
            Codec codec,
            ObjectReader reader,
            Creation creation,
            Replacement replacement,
            Subresources subresources,
            Clock clock) {
        this.codec = codec;
        this.reader = reader;
        this.creation = creation;
        this.replacement = replacement;
        this.subresources = subresources;
        this.clock = clock;
    }

    /** @param form in which a patch other than an apply sees the object */
    <T extends Resource> Written patch(
            ObjectRef<T> ref, String subresource, Patch patch, PatchForm form, WriteOptions options, Caller caller) {
        boolean apply = patch.type() == Patch.Type.APPLY;
        return switch (subresource) {
            case "" ->
                apply
                        ? apply(ref, patch, options, caller)
                        : Written.changed(replacement.change(
                                ref,
                                Replacement.Part.OBJECT,
                                Replacement.to(
                                        current -> patched(ref.strategy(), current, patch, form, options, caller)),
                                options,
                                caller));
            case "status" -> {
                Targets.requireStatus(ref.strategy());
                yield Written.changed(replacement.change(
                        ref,
                        apply ? Replacement.Part.APPLIED_STATUS : Replacement.Part.STATUS,
                        Replacement.to(current -> apply
                                ? applied(ref, current, "status", patch, options, caller)
                                : patched(ref.strategy(), current, patch, form, options, caller)),
                        options,
                        caller));
            }
            default -> {
                yield Written.changed(
                        apply
                                ? subresources.apply(ref, subresource, patch, options, caller)
                                : subresources.patch(
                                        ref,
                                        subresource,
                                        view -> codec.patched(view, patch, options, caller.warnings()),
                                        options,
                                        caller));
            }
        };
    }

    <T extends Resource> Written apply(
            ObjectRef<T> ref, String subresource, Resource body, WriteOptions options, Caller caller) {
        return patch(ref, subresource, Patch.apply(codec.applied(body)), PatchForm.AS_STORED, options, caller);
    }

    private <T extends Resource> T patched(
            ResourceStrategy<T> strategy, T current, Patch patch, PatchForm form, WriteOptions options, Caller caller) {
        Class<T> kind = strategy.type().objectClass();
        T changed = kind.cast(form.patched(current, seen -> codec.patched(seen, patch, options, caller.warnings())));
        return Conformity.of(strategy, Targets.patched(changed, current), options, caller);
    }

    /** Creates or changes, whichever it takes; again when somebody else creates or deletes in between. */
    private <T extends Resource> Written apply(ObjectRef<T> ref, Patch patch, WriteOptions options, Caller caller) {
        ApiException last = null;
        for (int attempt = 0; attempt < APPLY_ATTEMPTS; attempt++) {
            Optional<StoredObject> standing = reader.find(ref);
            try {
                return standing.isPresent()
                        ? Written.changed(applyTo(ref, patch, options, caller))
                        : Written.created(applyNew(ref, patch, options, caller));
            } catch (ApiException e) {
                boolean overtaken = standing.isPresent() ? e.isNotFound() : e.isAlreadyExists();
                if (!overtaken) {
                    throw e;
                }
                last = e;
            }
        }
        throw last == null ? new IllegalStateException("no attempt was made") : last;
    }

    private <T extends Resource> StoredObject applyTo(
            ObjectRef<T> ref, Patch patch, WriteOptions options, Caller caller) {
        return replacement.change(
                ref,
                Replacement.Part.APPLIED,
                Replacement.to(current -> applied(ref, current, "", patch, options, caller)),
                options,
                caller);
    }

    private <T extends Resource> StoredObject applyNew(
            ObjectRef<T> ref, Patch patch, WriteOptions options, Caller caller) {
        T wanted = applied(ref, null, "", patch, options, caller);
        return creation.create(ref.strategy(), ref.namespace(), wanted, false, options, caller);
    }

    private <T extends Resource> T applied(
            ObjectRef<T> ref,
            @Nullable T current,
            String subresource,
            Patch patch,
            WriteOptions options,
            Caller caller) {
        Class<T> kind = ref.strategy().type().objectClass();
        T wanted = codec.checked(
                codec.account()
                        .apply(
                                current,
                                patch.body(),
                                ref.strategy().applied(),
                                Ownership.manager(subresource, options, caller),
                                options.force(),
                                Time.of(clock.instant())),
                kind,
                options,
                caller.warnings());
        return named(ref, Conformity.applied(ref.strategy(), wanted));
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
