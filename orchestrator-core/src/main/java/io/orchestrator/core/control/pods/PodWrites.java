package io.orchestrator.core.control.pods;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The creations and deletions of an owner's pods in one round. Creations come in batches of one, two, four and so on: where none is allowed, only one
 * is tried. What cannot be done is told in an event, and once, not for each pod.
 */
public final class PodWrites {
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    /** How it is told that a pod was created, or deleted, and that it could not be. */
    public interface Wording {
        /** @param created whether the pod was created rather than deleted */
        String done(boolean created, String pod);

        /** @param creating whether the pod was to be created rather than deleted */
        String failed(boolean creating, String pod, String why);
    }

    /** As most kinds word it. */
    private static final class PlainWording implements Wording {
        @Override
        public String done(boolean created, String pod) {
            return (created ? "Created" : "Deleted") + " pod: " + pod;
        }

        @Override
        public String failed(boolean creating, String pod, String why) {
            return "Error " + (creating ? "creating: " : "deleting: ") + why;
        }
    }

    private final Resource owner;
    private final Wording wording;
    private final ObjectKey key;
    private final String uid;
    private final Context context;
    private final Expectations expectations;
    private final ResourceClient<Pod> client;
    private final List<Pod> created = new ArrayList<>();
    private int doubtful;

    public PodWrites(Resource owner, Context context, Expectations expectations) {
        this(owner, context, expectations, new PlainWording());
    }

    public PodWrites(Resource owner, Context context, Expectations expectations, Wording wording) {
        this.owner = owner;
        this.wording = wording;
        this.key = ObjectKey.of(owner);
        this.uid = owner.metadata().uid();
        this.context = context;
        this.expectations = expectations;
        this.client = context.client().pods().inNamespace(key.namespace());
    }

    /** The pods that were made. */
    public List<Pod> created() {
        return created;
    }

    /** How many more may have been made. */
    public int doubtful() {
        return doubtful;
    }

    /** Returns the first failure of the batch in which one happened, with which it ended; null when everything was done. */
    public @Nullable RefusedWrite createAll(List<Pod> pods) {
        int batch = 1;
        for (int done = 0; done < pods.size(); ) {
            int end = Math.min(pods.size(), done + batch);
            RefusedWrite failure = null;
            for (Pod pod : pods.subList(done, end)) {
                RefusedWrite one = create(pod);
                failure = failure == null ? one : failure;
            }
            if (failure != null) {
                return failure;
            }
            done = end;
            batch *= 2;
        }
        return null;
    }

    private @Nullable RefusedWrite create(Pod pod) {
        try {
            created(client.create(pod));
            return null;
        } catch (ApiException e) {
            if (e.outcomeUnknown() || e.isAlreadyExists()) {
                return resolve(pod.metadata().name(), e);
            }
            if (e.causes().stream().anyMatch(cause -> cause.reason().equals(NAMESPACE_TERMINATING))) {
                return null; // everything in it is about to go, the owner too
            }
            String name = pod.metadata().name();
            context.events().warning(owner, "FailedCreate", wording.failed(true, name, String.valueOf(e.getMessage())));
            return new RefusedWrite("FailedCreate", e);
        }
    }

    /** Whether the pod is there after all, and ours: then it was made, by this call or by a predecessor's. */
    private @Nullable RefusedWrite resolve(String name, ApiException unknown) {
        try {
            Pod found = client.find(name).orElse(null);
            if (found != null && Ownership.isControlledBy(found, uid)) {
                created(found);
                return null;
            }
        } catch (ApiException e) {
            unknown.addSuppressed(e);
        }
        doubtful++;
        expectations.doubt(key);
        return new RefusedWrite("FailedCreate", unknown);
    }

    private void created(Pod pod) {
        created.add(pod);
        expectations.wrote(key, pod);
        context.events()
                .normal(
                        owner,
                        "SuccessfulCreate",
                        wording.done(true, pod.metadata().name()));
    }

    /** Tries each; returns the first failure. */
    public @Nullable RefusedWrite deleteAll(List<Pod> pods) {
        RefusedWrite failure = null;
        for (Pod pod : pods) {
            RefusedWrite one = delete(pod);
            failure = failure == null ? one : failure;
        }
        return failure;
    }

    /** A pod that is gone already is as good as deleted. */
    public @Nullable RefusedWrite delete(Pod pod) {
        String name = pod.metadata().name();
        try {
            client.delete(name, asSeen(pod));
            context.events().normal(owner, "SuccessfulDelete", wording.done(false, name));
        } catch (ApiException e) {
            if (e.isConflict() && isStillThere(pod)) {
                throw e;
            }
            if (e.outcomeUnknown()) {
                expectations.doubt(key);
                return new RefusedWrite("FailedDelete", e);
            }
            if (!e.isNotFound() && !e.isConflict()) {
                String why = String.valueOf(e.getMessage());
                context.events().warning(owner, "FailedDelete", wording.failed(false, name, why));
                return new RefusedWrite("FailedDelete", e);
            }
        }
        expectations.deleted(key, pod);
        return null;
    }

    /** A pod was chosen because it is not ready: it goes only if that is still so. */
    private static DeleteOptions asSeen(Pod pod) {
        DeleteOptions thisOne = DeleteOptions.defaults().onlyUid(pod.metadata().uid());
        return PodFacts.isReady(pod)
                ? thisOne
                : thisOne.onlyVersion(pod.metadata().resourceVersion());
    }

    private boolean isStillThere(Pod pod) {
        return client.find(pod.metadata().name())
                .filter(found -> found.metadata().uid().equals(pod.metadata().uid()))
                .isPresent();
    }
}
