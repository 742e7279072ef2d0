package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.AdmissionChain.Asked;
import io.orchestrator.core.registry.admission.Admission.Operation;
import io.orchestrator.core.registry.quota.QuotaLedger;
import io.orchestrator.core.registry.validation.MetadataValidation;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a standing object is changed: what the server owns is taken over from the current version, the rest is completed,
 * admitted, validated and written; what changes nothing is not written. Thread-safe.
 */
final class Replacement {
    private final ObjectWriter writer;
    private final AdmissionChain admission;
    private final Ownership ownership;

    Replacement(ObjectWriter writer, AdmissionChain admission, Ownership ownership) {
        this.writer = writer;
        this.admission = admission;
        this.ownership = ownership;
    }

    /** Which part of the object a request may change. */
    enum Part {
        /** All but status and what the server owns. */
        OBJECT(""),
        /** Status, and the metadata that Kubernetes lets pass with it. */
        STATUS("status"),
        /** As OBJECT, by an apply, which keeps its own account of who owns what. */
        APPLIED(""),
        /** As STATUS, by an apply. */
        APPLIED_STATUS("status"),
        /** Whatever the server's own subresource changed, which may be what clients must not touch. */
        INTERNAL(""),
        /** As INTERNAL, by a subresource that keeps the account of who owns what itself. */
        ACCOUNTED("");

        private final String subresource;

        boolean isStatus() {
            return !subresource.isEmpty();
        }

        boolean isApplied() {
            return this == APPLIED || this == APPLIED_STATUS || this == ACCOUNTED;
        }

        Part(String subresource) {
            this.subresource = subresource;
        }
    }

    /**
     * Changes one object.
     *
     * @param change the wanted object from the current one; runs again when somebody else was faster, so a change that names
     *     the version it was made from fails then
     */
    <T extends Resource> StoredObject change(
            ObjectRef<T> ref, Part part, BiFunction<T, Violations, T> change, WriteOptions options, Caller caller) {
        Gate<T> gate = gate(ref, part.subresource, options, caller);
        return change(ref, part, gate, change, options, caller);
    }

    /** Shows admission the object. @param subresource by which it is changed */
    <T extends Resource> Gate<T> gate(ObjectRef<T> ref, String subresource, WriteOptions options, Caller caller) {
        return Gate.ofObject(admission, Asked.of(Operation.UPDATE, ref, subresource, options, caller));
    }

    /** @param gate what admission is shown of it */
    <T extends Resource> StoredObject change(
            ObjectRef<T> ref,
            Part part,
            Gate<T> gate,
            BiFunction<T, Violations, T> change,
            WriteOptions options,
            Caller caller) {
        Reservation<T> reservation = new Reservation<>(ref, admission);
        try {
            StoredObject result = writer.change(ref, options.fence(), stored -> {
                        T current = ref.strategy().type().objectClass().cast(stored.object());
                        reservation.rollBack();
                        return step(ref, part, gate, current, change, reservation, options, caller);
                    })
                    .object();
            if (!options.dryRun()) {
                reservation.commit();
            }
            return result;
        } catch (ApiException e) {
            if (e.outcomeUnknown()) {
                reservation.leave();
            }
            throw e;
        } finally {
            reservation.rollBack();
        }
    }

    private <T extends Resource> ObjectWriter.Step<T> step(
            ObjectRef<T> ref,
            Part part,
            Gate<T> gate,
            T current,
            BiFunction<T, Violations, T> change,
            Reservation<T> reservation,
            WriteOptions options,
            Caller caller) {
        ResourceStrategy<T> strategy = ref.strategy();
        Violations violations = new Violations();
        T wanted = strategy.unchanged(change.apply(current, violations), current);
        checkIdentity(ref, wanted.metadata(), current.metadata());
        T prepared = prepare(strategy, part, wanted, current);
        T mutated = gate.mutate(prepared, current);
        T complete = strategy.defaulted(mutated);
        if (!part.isStatus()) {
            complete = reservation.make(current, complete, violations);
        }
        T counted = withGeneration(strategy, complete, current);
        T owned = part.isApplied() || counted.equals(current)
                ? counted
                : ownership.noted(strategy, gate.door(), counted, current, options, caller);
        // What changes nothing is judged as well: whoever may refuse a request is asked about every one.
        validate(strategy, part, owned, current, violations);
        throwIfAny(ref, violations);
        gate.check(owned, current);
        if (owned.equals(current)) {
            return new ObjectWriter.Step.Keep<>();
        }
        reservation.book(current, owned);
        if (!part.isStatus()) {
            Asked<T> asked = Asked.of(Operation.UPDATE, ref, "", options, caller);
            reservation.charge(admission.charge(asked, owned, current));
        }
        if (options.dryRun()) {
            return new ObjectWriter.Step.Pretend<>(owned);
        }
        if (Deletion.complete(strategy, owned)) {
            reservation.endOfObject();
            return new ObjectWriter.Step.Remove<>(owned);
        }
        return new ObjectWriter.Step.Replace<>(owned);
    }

    private static <T extends Resource> T prepare(ResourceStrategy<T> strategy, Part part, T wanted, T current) {
        return switch (part) {
            case OBJECT, APPLIED -> {
                T kept = Metadata.with(wanted, MetadataRules.updated(wanted.metadata(), current.metadata()));
                yield strategy.preparedForUpdate(strategy.withStatusOf(kept, current), current);
            }
            case STATUS, APPLIED_STATUS -> {
                ObjectMeta metadata = MetadataRules.withStatus(
                        wanted.metadata(), current.metadata(), strategy.statusTakesLabels(), part.isApplied());
                yield strategy.withStatusOf(Metadata.with(current, metadata), wanted);
            }
            case INTERNAL, ACCOUNTED ->
                Metadata.with(wanted, MetadataRules.updated(wanted.metadata(), current.metadata()));
        };
    }

    private static <T extends Resource> void validate(
            ResourceStrategy<T> strategy, Part part, T wanted, T current, Violations violations) {
        MetadataValidation.updated(strategy.type(), wanted.metadata(), current.metadata(), violations);
        if (part.isStatus()) {
            strategy.validateStatus(wanted, current, violations);
        } else {
            strategy.validate(wanted, current, violations);
            if (part != Part.INTERNAL && part != Part.ACCOUNTED) {
                strategy.validateUpdate(wanted, current, violations);
            }
        }
    }

    private static <T extends Resource> T withGeneration(ResourceStrategy<T> strategy, T wanted, T current) {
        if (!strategy.hasGeneration() || Objects.equals(strategy.specOf(wanted), strategy.specOf(current))) {
            return wanted;
        }
        return Metadata.edit(
                wanted, metadata -> metadata.generation(current.metadata().generation() + 1));
    }

    private static void checkIdentity(ObjectRef<?> ref, ObjectMeta wanted, ObjectMeta current) {
        String version = wanted.resourceVersion();
        if (!wanted.uid().isEmpty() && !wanted.uid().equals(current.uid())) {
            throw Failures.conflict(
                    ref.strategy().type(),
                    ref.name(),
                    "Precondition failed: UID in precondition: " + wanted.uid() + ", UID in object meta: "
                            + current.uid());
        }
        if (version.isEmpty() || version.equals("0")) {
            if (ref.strategy().versionRequired()) {
                Violations violations = new Violations();
                violations.invalid(Path.of("metadata").child("resourceVersion"), "", "must be specified for an update");
                throwIfAny(ref, violations);
            }
        } else if (!version.equals(current.resourceVersion())) {
            throw Failures.conflict(ref.strategy().type(), ref.name(), Failures.MODIFIED);
        }
    }

    private static void throwIfAny(ObjectRef<?> ref, Violations violations) {
        if (!violations.isEmpty()) {
            throw Failures.invalid(ref.strategy().type(), ref.name(), violations.causes());
        }
    }

    /** What one request holds of shared ranges until it is known how it ended. Confined to the request's thread. */
    private static final class Reservation<T extends Resource> {
        private final ObjectRef<T> ref;
        private final AdmissionChain admission;
        private final Allocation<T> allocation;
        private QuotaLedger.Charge charge = QuotaLedger.Charge.NONE;
        private @Nullable T was;
        private @Nullable T becomes;
        private @Nullable T before;
        private @Nullable T after;
        private boolean ends;

        Reservation(ObjectRef<T> ref, AdmissionChain admission) {
            this.ref = ref;
            this.admission = admission;
            this.allocation = ref.strategy().allocation();
        }

        void charge(QuotaLedger.Charge taken) {
            charge = taken;
        }

        /** Nobody knows whether it was written: what it costs and holds stays so until it is counted again. */
        void leave() {
            charge = QuotaLedger.Charge.NONE;
            before = null;
            after = null;
        }

        void book(T current, T wanted) {
            was = current;
            becomes = wanted;
        }

        T make(T current, T wanted, Violations violations) {
            int known = violations.count();
            T reserved = allocation.reserve(current, wanted, violations);
            if (violations.count() == known) {
                before = current;
                after = reserved;
            }
            return reserved;
        }

        void endOfObject() {
            ends = true;
        }

        void commit() {
            T held = before;
            if (held != null) {
                allocation.release(held, ends ? null : after);
            }
            before = null;
            after = null;
            charge = QuotaLedger.Charge.NONE;
            T known = was;
            if (known != null) {
                admission.credit(ref, known, ends ? null : becomes);
            }
            was = null;
        }

        void rollBack() {
            QuotaLedger.Charge taken = charge;
            charge = QuotaLedger.Charge.NONE;
            was = null;
            taken.refund();
            T held = after;
            if (held != null) {
                allocation.release(held, before);
            }
            before = null;
            after = null;
            ends = false;
        }
    }

    /** A change that does not depend on what stands there. */
    static <T> BiFunction<T, Violations, T> to(Function<T, T> change) {
        return (current, violations) -> change.apply(current);
    }
}
