package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Fence;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts objects into the store, one key at a time, never over a version that was not looked at. An unknown outcome is
 * resolved by reading before it is reported. Thread-safe, no state of its own.
 */
final class ObjectWriter {
    private static final int ATTEMPTS = 100;

    private final Store store;
    private final ObjectReader reader;
    private final OwnWrites writes;
    private final StoredObject.JsonForm form;

    ObjectWriter(Store store, ObjectReader reader, OwnWrites writes, StoredObject.JsonForm form) {
        this.store = store;
        this.reader = reader;
        this.writes = writes;
        this.form = form;
    }

    /** Empty when something stands there already. @param fence the lease without which nothing is written */
    <T extends Resource> Optional<StoredObject> create(ObjectRef<T> ref, T object, @Nullable Fence fence) {
        T kept = ref.strategy().toStore(object);
        StoredObject value = StoredObject.toWrite(kept, form);
        try {
            StoredObject written = value.at(
                    store.put(ref.key(), value, fenced(Expect.absent(), fence)).revision());
            StoredObject created = asked(written, object, kept);
            tell(ref, created, false);
            return Optional.of(created);
        } catch (StoreException.Conflict e) {
            return Optional.empty();
        } catch (StoreException.Unavailable e) {
            StoredObject created = settled(ref, object, e);
            tell(ref, created, false);
            return Optional.of(created);
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    /** What {@link #create} would answer, without writing. */
    <T extends Resource> Optional<StoredObject> pretend(ObjectRef<T> ref, T object) {
        return reader.find(ref).isPresent() ? Optional.empty() : Optional.of(StoredObject.answer(object, form));
    }

    /** What a step makes of the version that stands there. */
    sealed interface Step<T> {
        /** Leaves the version as it is. */
        record Keep<T>() implements Step<T> {}

        /** Puts this in its place. */
        record Replace<T>(T object) implements Step<T> {}

        /** Removes it. @param last the state to report as the last */
        record Remove<T>(T last) implements Step<T> {}

        /** Answers as if this had been written. */
        record Pretend<T>(T object) implements Step<T> {}
    }

    /** What came of it. @param removed whether the object is gone */
    record Result(StoredObject object, boolean removed) {}

    /**
     * Reads, decides and writes, again when somebody else was faster. The step may run several times and must not have
     * effects of its own.
     *
     * @param fence the lease without which nothing is written
     */
    <T extends Resource> Result change(ObjectRef<T> ref, @Nullable Fence fence, Function<StoredObject, Step<T>> step) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredObject current = reader.get(ref);
            Step<T> decided = step.apply(current);
            Optional<Result> done = write(ref, current, decided, fence);
            if (done.isPresent()) {
                if (decided instanceof Step.Replace<T> || decided instanceof Step.Remove<T>) {
                    tell(ref, done.get().object(), done.get().removed());
                }
                return done.get();
            }
        }
        throw Failures.conflict(ref.strategy().type(), ref.name(), Failures.MODIFIED);
    }

    private <T extends Resource> void tell(ObjectRef<T> ref, StoredObject written, boolean removed) {
        ResourceStrategy<T> strategy = ref.strategy();
        writes.note(strategy, written.revision());
        strategy.written(strategy.type().objectClass().cast(written.object()), removed);
    }

    private static Expect fenced(Expect expect, @Nullable Fence fence) {
        return fence == null
                ? expect
                : expect.whileStands(StoreKeys.key(Lease.TYPE, fence.namespace(), fence.name()), fence.version());
    }

    /** Empty when the version is no longer the current one. */
    private <T extends Resource> Optional<Result> write(
            ObjectRef<T> ref, StoredObject current, Step<T> step, @Nullable Fence fence) {
        Expect expect = fenced(Expect.atRevision(current.revision()), fence);
        if (step instanceof Step.Keep<T>) {
            return Optional.of(new Result(current, false));
        }
        if (step instanceof Step.Pretend<T> pretend) {
            return Optional.of(new Result(StoredObject.answer(pretend.object(), form), false));
        }
        if (step instanceof Step.Remove<T> remove) {
            return remove(ref, remove.last(), expect);
        }
        T object = ((Step.Replace<T>) step).object();
        T kept = ref.strategy().toStore(object);
        StoredObject value = StoredObject.toWrite(kept, form);
        try {
            Entry written = store.put(ref.key(), value, expect);
            return Optional.of(new Result(asked(value.at(written.revision()), object, kept), false));
        } catch (StoreException.Conflict e) {
            return Optional.empty();
        } catch (StoreException.Unavailable e) {
            return Optional.of(new Result(settled(ref, object, e), false));
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    private <T extends Resource> Optional<Result> remove(ObjectRef<T> ref, T last, Expect expect) {
        try {
            Optional<Removal> removal = store.delete(ref.key(), expect);
            long revision = removal.map(Removal::revision).orElse(0L);
            return Optional.of(new Result(
                    revision == 0 ? StoredObject.answer(last, form) : StoredObject.standing(last, revision, form),
                    true));
        } catch (StoreException.Conflict e) {
            return Optional.empty();
        } catch (StoreException.Unavailable e) {
            if (!e.isUnwritten() && isGone(ref, e)) {
                return Optional.of(new Result(StoredObject.answer(last, form), true));
            }
            throw Failures.of(e);
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    /** What was written in the form in which it was asked for. */
    private static StoredObject asked(StoredObject written, Resource object, Resource kept) {
        return object == kept ? written : written.as(object);
    }

    /** The object as it stands, when it is what we wrote. */
    private <T extends Resource> StoredObject settled(ObjectRef<T> ref, T wanted, StoreException.Unavailable failure) {
        if (failure.isUnwritten()) {
            throw Failures.of(failure);
        }
        try {
            Optional<StoredObject> standing = reader.find(ref);
            if (standing.isPresent()
                    && Metadata.withVersion(standing.get().object(), "").equals(Metadata.withVersion(wanted, ""))) {
                return standing.get();
            }
        } catch (ApiException e) {
            throw Failures.of(failure);
        }
        throw new ApiException(
                Reason.SERVICE_UNAVAILABLE, "the write was not carried out: " + failure.getMessage(), failure);
    }

    private boolean isGone(ObjectRef<?> ref, StoreException.Unavailable failure) {
        try {
            if (store.get(ref.key()).isPresent()) {
                return false;
            }
            // At which revision it went, nobody knows: it was before this one.
            writes.note(ref.strategy(), store.revision());
            return true;
        } catch (StoreException e) {
            failure.addSuppressed(e);
            return false;
        }
    }
}
