package io.orchestrator.core.registry;

import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.patch.apply.AppliedKind;
import io.orchestrator.core.patch.apply.FieldWriter;
import io.orchestrator.core.patch.apply.ViewedField;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who owns what of an object that is written through a view of it. Confined to one request. */
final class ViewAccount<T extends Resource, B extends Resource> {
    private final Codec codec;
    private final Subresource.View<T, B> view;
    private final ResourceStrategy<T> strategy;
    /** Of an update; null for an apply, which says itself who owns what. */
    private final @Nullable Update update;
    /** Null where the view shows the object in its own kind. */
    private final @Nullable ViewedField replicas;

    private record Update(FieldWriter manager, boolean begins, Clock clock) {}

    private ViewAccount(
            Codec codec, Subresource.View<T, B> view, ResourceStrategy<T> strategy, @Nullable Update update) {
        this.codec = codec;
        this.view = view;
        this.strategy = strategy;
        this.update = update;
        this.replicas = view.replicas().isEmpty()
                ? null
                : new ViewedField(view.replicas(), codec.objects().trees());
    }

    static <T extends Resource, B extends Resource> ViewAccount<T, B> ofApply(
            Codec codec, Subresource.View<T, B> view, ResourceStrategy<T> strategy) {
        return new ViewAccount<>(codec, view, strategy, null);
    }

    static <T extends Resource, B extends Resource> ViewAccount<T, B> ofUpdate(
            Codec codec,
            Subresource.View<T, B> view,
            ResourceStrategy<T> strategy,
            WriteOptions options,
            Caller caller,
            Clock clock) {
        FieldWriter manager = Ownership.manager(view.name(), options, caller);
        return new ViewAccount<>(codec, view, strategy, new Update(manager, !caller.isComponent(), clock));
    }

    /** Who keeps the account: an update of an object in its own kind is noted like any other. */
    Replacement.Part part() {
        return update != null && replicas == null ? Replacement.Part.INTERNAL : Replacement.Part.ACCOUNTED;
    }

    /** The view, with those who own what it shows. */
    B shown(T object) {
        B shown = view.read().apply(object);
        ViewedField field = replicas;
        return field == null
                ? shown
                : owned(
                        shown,
                        field.shown(
                                object.metadata().managedFields(), view.body().apiVersion()));
    }

    /**
     * Who owns what of the object afterwards.
     *
     * @param written the object, whose account is as it was
     * @param now what the view showed
     * @param wanted what was made of that
     */
    List<ManagedFieldsEntry> owners(T current, T written, B now, B wanted) {
        Update noted = update;
        ViewedField field = replicas;
        List<ManagedFieldsEntry> before = current.metadata().managedFields();
        if (field == null) {
            return noted == null
                    ? wanted.metadata().managedFields()
                    : written.metadata().managedFields();
        }
        if (noted != null && before.isEmpty() && !noted.begins()) {
            return before;
        }
        B accounted = noted == null
                ? wanted
                : codec.account()
                        .track(
                                now,
                                wanted,
                                AppliedKind.ofRecord(view.body()),
                                noted.manager(),
                                Time.of(noted.clock().instant()));
        return field.restored(
                before, accounted.metadata().managedFields(), strategy.type().apiVersion());
    }

    private B owned(B shown, List<ManagedFieldsEntry> owners) {
        return view.body()
                .objectClass()
                .cast(shown.withMetadata(shown.metadata().withManagedFields(owners)));
    }
}
