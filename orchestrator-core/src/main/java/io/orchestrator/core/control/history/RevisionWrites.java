package io.orchestrator.core.control.history;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import java.util.Optional;

/** Writes the revisions of one object. */
public final class RevisionWrites {
    private final Resource owner;
    private final ResourceType<?> type;
    private final ObjectKey key;
    private final RevisionData data;
    private final Expectations expectations;
    private final ResourceClient<ControllerRevision> client;

    public RevisionWrites(
            Resource owner, ResourceType<?> type, RevisionData data, Context context, Expectations expectations) {
        this.owner = owner;
        this.type = type;
        this.key = ObjectKey.of(owner);
        this.data = data;
        this.expectations = expectations;
        this.client = context.client().resources(ControllerRevision.TYPE).inNamespace(key.namespace());
    }

    /**
     * Makes the revision, or makes it the newest. Empty when its name is taken by another template: then the object has to
     * count a collision.
     */
    public Optional<ControllerRevision> ensure(RevisionHistory.Wanted wanted) {
        if (wanted.isRollback()) {
            return Optional.of(wrote(client.update(wanted.revision())));
        }
        if (wanted.exists()) {
            return Optional.of(wanted.revision());
        }
        try {
            return Optional.of(wrote(client.create(wanted.revision())));
        } catch (ApiException e) {
            if (!e.isAlreadyExists() && !e.outcomeUnknown()) {
                throw e;
            }
            ControllerRevision found = client.find(wanted.name()).orElseThrow(() -> e);
            if (!data.templateOf(found).equals(data.templateOf(wanted.revision()))) {
                return Optional.empty();
            }
            return Optional.of(adopted(found));
        }
    }

    /** A revision of this template that nobody controls is what an earlier bearer of the name left behind. */
    private ControllerRevision adopted(ControllerRevision found) {
        if (Ownership.isControlledBy(found, owner.metadata().uid())) {
            return wrote(found);
        }
        if (Ownership.controllerOf(found).isPresent()) {
            throw ApiException.conflict(
                    "apps",
                    "controllerrevisions",
                    found.metadata().name(),
                    "it belongs to somebody who is about to go");
        }
        return wrote(client.update(found.withMetadata(Ownership.adopted(found, Ownership.referenceTo(owner, type)))));
    }

    public void delete(ControllerRevision revision) {
        try {
            client.delete(
                    revision.metadata().name(),
                    DeleteOptions.defaults().onlyUid(revision.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
        expectations.deleted(key, revision);
    }

    private ControllerRevision wrote(ControllerRevision answer) {
        expectations.wrote(key, answer);
        return answer;
    }
}
