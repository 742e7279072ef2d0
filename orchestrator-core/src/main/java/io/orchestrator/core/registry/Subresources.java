package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.patch.apply.AppliedKind;
import io.orchestrator.core.registry.AdmissionChain.Asked;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.admission.Admission.Operation;
import java.time.Clock;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The verbs on subresources other than status. Thread-safe. */
final class Subresources {
    private final ObjectReader reader;
    private final Replacement replacement;
    private final GuardedRemovals guarded;
    private final Codec codec;
    private final Clock clock;
    private final Admission.Lookup lookup;
    private final AdmissionChain admission;

    Subresources(
            ObjectReader reader,
            Replacement replacement,
            GuardedRemovals guarded,
            Codec codec,
            Clock clock,
            Admission.Lookup lookup,
            AdmissionChain admission) {
        this.admission = admission;
        this.lookup = lookup;
        this.reader = reader;
        this.replacement = replacement;
        this.guarded = guarded;
        this.codec = codec;
        this.clock = clock;
    }

    <T extends Resource> StoredObject get(ObjectRef<T> ref, String name) {
        return get(ref, view(ref, name, "get"));
    }

    private <T extends Resource, B extends Resource> StoredObject get(ObjectRef<T> ref, Subresource.View<T, B> view) {
        T object = ref.strategy().type().objectClass().cast(reader.get(ref).object());
        return StoredObject.answer(view.read().apply(object), codec);
    }

    <T extends Resource> StoredObject put(
            ObjectRef<T> ref, String name, Resource body, WriteOptions options, Caller caller) {
        return change(ref, view(ref, name, "update"), current -> body, options, caller);
    }

    /** Reads a view, changes it and writes it back. @param change gets the present view, and may return one of another kind */
    <T extends Resource> StoredObject patch(
            ObjectRef<T> ref, String name, UnaryOperator<Resource> change, WriteOptions options, Caller caller) {
        return change(ref, view(ref, name, "patch"), change, options, caller);
    }

    /** Applies to a view: the fields that the body names are the manager's from then on. */
    <T extends Resource> StoredObject apply(
            ObjectRef<T> ref, String name, Patch patch, WriteOptions options, Caller caller) {
        Subresource.View<T, ?> view = view(ref, name, "patch");
        return apply(ref, view, patch, options, caller);
    }

    private <T extends Resource, B extends Resource> StoredObject apply(
            ObjectRef<T> ref, Subresource.View<T, B> view, Patch patch, WriteOptions options, Caller caller) {
        Class<B> kind = view.body().objectClass();
        return change(
                ref,
                view,
                ViewAccount.ofApply(codec, view, ref.strategy()),
                now -> codec.checked(
                        codec.account()
                                .apply(
                                        kind.cast(now),
                                        patch.body(),
                                        AppliedKind.ofRecord(view.body()),
                                        Ownership.manager(view.name(), options, caller),
                                        options.force(),
                                        Time.of(clock.instant())),
                        kind,
                        options,
                        caller.warnings()),
                options,
                caller);
    }

    private <T extends Resource, B extends Resource> StoredObject change(
            ObjectRef<T> ref,
            Subresource.View<T, B> view,
            UnaryOperator<Resource> change,
            WriteOptions options,
            Caller caller) {
        ViewAccount<T, B> account = ViewAccount.ofUpdate(codec, view, ref.strategy(), options, caller, clock);
        return change(ref, view, account, change, options, caller);
    }

    private <T extends Resource, B extends Resource> StoredObject change(
            ObjectRef<T> ref,
            Subresource.View<T, B> view,
            ViewAccount<T, B> account,
            UnaryOperator<Resource> change,
            WriteOptions options,
            Caller caller) {
        if (view.body().equals(ref.strategy().type())) {
            Gate<T> gate = replacement.gate(ref, view.name(), options, caller);
            return change(ref, view, account, gate, (wanted, now) -> wanted, change, options, caller);
        }
        Gate.OfBody<T, B> gate = gate(Operation.UPDATE, ref, view, options, caller);
        return change(ref, view, account, gate, gate::admit, change, options, caller);
    }

    /** @param admitted the body to go by, from what was sent and from what the view reads now */
    private <T extends Resource, B extends Resource> StoredObject change(
            ObjectRef<T> ref,
            Subresource.View<T, B> view,
            ViewAccount<T, B> account,
            Gate<T> gate,
            BinaryOperator<B> admitted,
            UnaryOperator<Resource> change,
            WriteOptions options,
            Caller caller) {
        StoredObject changed = replacement.change(
                ref,
                account.part(),
                gate,
                (current, violations) -> {
                    B now = account.shown(current);
                    B wanted = admitted.apply(body(view, change.apply(now)), now);
                    T written = view.write().write(current, wanted, violations);
                    ObjectMeta named = ObjectMetaBuilder.builder(written.metadata())
                            .resourceVersion(wanted.metadata().resourceVersion())
                            .uid(wanted.metadata().uid())
                            .managedFields(account.owners(current, written, now, wanted))
                            .build();
                    return Metadata.with(written, named);
                },
                options,
                caller);
        return StoredObject.answer(
                view.read().apply(ref.strategy().type().objectClass().cast(changed.object())), codec);
    }

    <T extends Resource> StoredObject post(
            ObjectRef<T> ref, String name, Resource body, WriteOptions options, Caller caller) {
        Subresource<T, ?> subresource = ref.strategy().subresource(name).orElseThrow(Targets::noSubresource);
        if (subresource instanceof Subresource.Action<T, ?> action) {
            return act(ref, action, body, options, caller);
        }
        if (subresource instanceof Subresource.Removal<T, ?> removal) {
            return remove(ref, removal, body, options, caller);
        }
        if (subresource instanceof Subresource.Question<T, ?> question) {
            return ask(ref, question, body, options, caller);
        }
        throw Failures.notServed("create");
    }

    private <T extends Resource, B extends Resource> StoredObject ask(
            ObjectRef<T> ref, Subresource.Question<T, B> question, Resource body, WriteOptions options, Caller caller) {
        T object = ref.strategy().type().objectClass().cast(reader.get(ref).object());
        Gate.OfBody<T, B> gate = gate(Operation.CREATE, ref, question, options, caller);
        B asked = gate.admit(body(question, body), null);
        gate.check();
        return StoredObject.answer(question.answer().of(object, asked, lookup), codec);
    }

    private <T extends Resource, B extends Resource> StoredObject act(
            ObjectRef<T> ref, Subresource.Action<T, B> action, Resource body, WriteOptions options, Caller caller) {
        Gate.OfBody<T, B> gate = gate(Operation.CREATE, ref, action, options, caller);
        B wanted = gate.admit(body(action, body), null);
        replacement.change(
                ref,
                Replacement.Part.INTERNAL,
                gate,
                (current, violations) -> action.change().apply(current, wanted),
                options,
                caller);
        return StoredObject.answer(wanted, codec);
    }

    private <T extends Resource, B extends Resource> StoredObject remove(
            ObjectRef<T> ref, Subresource.Removal<T, B> removal, Resource body, WriteOptions options, Caller caller) {
        B wanted = body(removal, body);
        String named = wanted.metadata().name();
        if (!named.isEmpty() && !named.equals(ref.name())) {
            throw ApiException.badRequest(
                    "name in URL does not match name in " + removal.body().kind() + " object");
        }
        Gate.OfBody<T, B> gate = gate(Operation.CREATE, ref, removal, options, caller);
        B admitted = gate.admit(wanted, null);
        gate.check();
        guarded.remove(ref, removal, admitted, options, caller);
        return StoredObject.answer(admitted, codec);
    }

    private <T extends Resource, B extends Resource> Gate.OfBody<T, B> gate(
            Operation operation, ObjectRef<T> ref, Subresource<T, B> subresource, WriteOptions options, Caller caller) {
        return new Gate.OfBody<>(
                admission, new Asked<>(operation, ref, subresource.name(), subresource.body(), options, caller));
    }

    private static <T extends Resource, B extends Resource> B body(Subresource<T, B> subresource, Resource body) {
        if (!subresource.body().objectClass().isInstance(body)) {
            throw ApiException.badRequest("the body is a " + body.getClass().getSimpleName() + ", expected "
                    + subresource.body().kind());
        }
        return subresource.body().objectClass().cast(body);
    }

    private static <T extends Resource> Subresource.View<T, ?> view(ObjectRef<T> ref, String name, String verb) {
        Subresource<T, ?> subresource = ref.strategy().subresource(name).orElseThrow(Targets::noSubresource);
        if (subresource instanceof Subresource.View<T, ?> view && view.verbs().contains(verb)) {
            return view;
        }
        throw Failures.notServed(verb);
    }
}
