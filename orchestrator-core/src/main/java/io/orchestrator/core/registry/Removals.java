package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.AdmissionChain.Asked;
import io.orchestrator.core.registry.admission.Admission.Operation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Deletes objects, one or many. Thread-safe. */
final class Removals {
    private final ObjectWriter writer;
    private final AdmissionChain admission;
    private final Lists lists;
    private final Clock clock;

    Removals(ObjectWriter writer, AdmissionChain admission, Lists lists, Clock clock) {
        this.writer = writer;
        this.admission = admission;
        this.lists = lists;
        this.clock = clock;
    }

    <T extends Resource> Removed delete(ObjectRef<T> ref, DeleteOptions options, Caller caller) {
        WriteOptions written = options.dryRun() ? WriteOptions.defaults().dryRunOnly() : WriteOptions.defaults();
        Asked<T> asked = Asked.of(Operation.DELETE, ref, "", written, caller);
        return delete(ref, options, current -> admission.check(asked, null, current, options));
    }

    /** Without asking admission, which has let something pass that leads to it. */
    <T extends Resource> Removed deleteAdmitted(ObjectRef<T> ref, DeleteOptions options) {
        return delete(ref, options, current -> {});
    }

    private <T extends Resource> Removed delete(ObjectRef<T> ref, DeleteOptions options, Consumer<T> check) {
        ResourceStrategy<T> strategy = ref.strategy();
        Class<T> kind = strategy.type().objectClass();
        ObjectWriter.Result result = writer.change(ref, options.fence(), stored -> {
            T current = kind.cast(stored.object());
            check.accept(current);
            ObjectWriter.Step<T> step = Deletion.plan(strategy, current, options, clock.instant());
            return options.dryRun() ? pretended(step, current) : step;
        });
        if (result.removed()) {
            T last = kind.cast(result.object().object());
            strategy.allocation().release(last, null);
            admission.credit(ref, last, null);
        }
        return new Removed(result.object(), result.removed());
    }

    private static <T> ObjectWriter.Step<T> pretended(ObjectWriter.Step<T> step, T current) {
        if (step instanceof ObjectWriter.Step.Replace<T> replace) {
            return new ObjectWriter.Step.Pretend<>(replace.object());
        }
        return new ObjectWriter.Step.Pretend<>(
                step instanceof ObjectWriter.Step.Remove<T> remove ? remove.last() : current);
    }

    <T extends Resource> List<StoredObject> deleteAll(
            ResourceStrategy<T> strategy, String namespace, ListOptions which, DeleteOptions options, Caller caller) {
        List<StoredObject> deleted = new ArrayList<>();
        for (StoredObject stored : lists.list(strategy, namespace, which).objects()) {
            ObjectRef<T> ref = new ObjectRef<>(
                    strategy,
                    stored.object().metadata().namespace(),
                    stored.object().metadata().name());
            try {
                deleted.add(delete(ref, options, caller).object());
            } catch (ApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        return deleted;
    }
}
