package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.AdmissionChain.Asked;
import io.orchestrator.core.registry.admission.Admission.Operation;
import io.orchestrator.core.registry.quota.QuotaLedger;
import io.orchestrator.core.registry.validation.MetadataValidation;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.Optional;

/** How a new object comes into being: prepared, completed, admitted, validated, written. Thread-safe. */
final class Creation {
    private static final int NAME_ATTEMPTS = 8;

    private final ObjectWriter writer;
    private final NameSource names;
    private final AdmissionChain admission;
    private final Ownership ownership;

    Creation(ObjectWriter writer, NameSource names, AdmissionChain admission, Ownership ownership) {
        this.writer = writer;
        this.names = names;
        this.admission = admission;
        this.ownership = ownership;
    }

    <T extends Resource> StoredObject create(
            ResourceStrategy<T> strategy, String namespace, T body, WriteOptions options, Caller caller) {
        return create(strategy, namespace, body, true, options, caller);
    }

    /** @param accounted whether the writer's fields are still to be noted; an apply has done it */
    <T extends Resource> StoredObject create(
            ResourceStrategy<T> strategy,
            String namespace,
            T body,
            boolean accounted,
            WriteOptions options,
            Caller caller) {
        if (!strategy.closedBecause().isEmpty()) {
            throw new ApiException(Reason.METHOD_NOT_ALLOWED, strategy.closedBecause());
        }
        ObjectMeta wanted = body.metadata();
        if (!wanted.resourceVersion().isEmpty() && !wanted.resourceVersion().equals("0")) {
            throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
        }
        boolean generated = wanted.name().isEmpty() && !wanted.generateName().isEmpty();
        for (int attempt = 0; ; attempt++) {
            String name = generated ? names.generate(wanted.generateName()) : wanted.name();
            ObjectRef<T> ref = new ObjectRef<>(strategy, namespace, name);
            Optional<StoredObject> created = attempt(ref, body, accounted, options, caller);
            if (created.isPresent()) {
                return created.get();
            }
            if (!generated || attempt + 1 == NAME_ATTEMPTS) {
                throw ApiException.alreadyExists(
                        strategy.type().group(), strategy.type().plural(), name);
            }
        }
    }

    private <T extends Resource> Optional<StoredObject> attempt(
            ObjectRef<T> ref, T body, boolean accounted, WriteOptions options, Caller caller) {
        ResourceStrategy<T> strategy = ref.strategy();
        ObjectMeta metadata = MetadataRules.created(
                body.metadata(), ref.namespace(), ref.name(), names.uid(), names.now(), strategy.hasGeneration());
        T completed = strategy.defaulted(strategy.preparedForCreate(Metadata.with(body, metadata)));
        Asked<T> asked = Asked.of(Operation.CREATE, ref, "", options, caller);
        T mutated = strategy.admitted(completed, admission.mutate(asked, completed, null));
        Violations violations = new Violations();
        // Once more: a pod's class of service, for instance, follows from what admission has made of the pod.
        T prepared = mutated == completed ? completed : strategy.defaulted(strategy.preparedForCreate(mutated));
        T reserved = strategy.allocation().reserve(null, prepared, violations);
        // What could not be reserved holds nothing, so there is nothing to give back either.
        boolean settled = !violations.isEmpty();
        try {
            T owned = accounted ? ownership.noted(strategy, "", reserved, null, options, caller) : reserved;
            MetadataValidation.created(strategy.type(), owned.metadata(), strategy::checkName, violations);
            strategy.validate(owned, null, violations);
            if (!violations.isEmpty()) {
                throw Failures.invalid(strategy.type(), ref.name(), violations.causes());
            }
            admission.check(asked, owned, null, null);
            try {
                Optional<StoredObject> created = write(asked, ref, owned, options);
                settled = created.isPresent() && !options.dryRun();
                return created;
            } catch (ApiException e) {
                // What may stand keeps what it may have; a repair finds out.
                settled = e.outcomeUnknown();
                throw e;
            }
        } finally {
            if (!settled) {
                strategy.allocation().release(reserved, null);
            }
        }
    }

    private <T extends Resource> Optional<StoredObject> write(
            Asked<T> asked, ObjectRef<T> ref, T object, WriteOptions options) {
        QuotaLedger.Charge charge = admission.charge(asked, object, null);
        if (options.dryRun()) {
            return writer.pretend(ref, object);
        }
        try {
            Optional<StoredObject> created = writer.create(ref, object, options.fence());
            if (created.isEmpty()) {
                charge.refund();
            }
            return created;
        } catch (ApiException e) {
            // What may have been written stays charged, until it is counted again.
            if (!e.outcomeUnknown()) {
                charge.refund();
            }
            throw e;
        }
    }

    /** The name field is checked before anything is done with it. */
    static void requireName(ResourceStrategy<?> strategy, ObjectMeta metadata) {
        if (metadata.name().isEmpty() && metadata.generateName().isEmpty()) {
            Violations violations = new Violations();
            violations.required(Path.of("metadata").child("name"), "name or generateName is required");
            throw Failures.invalid(strategy.type(), "", violations.causes());
        }
    }
}
