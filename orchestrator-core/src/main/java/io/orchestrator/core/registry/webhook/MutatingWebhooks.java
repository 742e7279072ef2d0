package io.orchestrator.core.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the mutating webhooks, one after the other, each about what the one before made of the object. When any of them changed
 * it, the steps before them see it once more, and then those webhooks that want to hear of what others did after them.
 * Thread-safe.
 */
final class MutatingWebhooks implements Admission {
    private final Supplier<List<Hook>> hooks;
    private final List<Admission> earlier;
    private final HookCaller caller;

    /** @param earlier the steps that mutate before webhooks */
    MutatingWebhooks(Supplier<List<Hook>> hooks, List<Admission> earlier, HookCaller caller) {
        this.hooks = hooks;
        this.earlier = List.copyOf(earlier);
        this.caller = caller;
    }

    @Override
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        List<Hook> all = hooks.get();
        if (all.isEmpty() || caller.isExempt(request)) {
            return object;
        }
        Map<Hook, T> left = new LinkedHashMap<>();
        T result = object;
        for (Hook hook : all) {
            Request<T> now = request.with(result);
            Optional<ResourceType<?>> form = caller.meant(hook, now, lookup);
            if (form.isPresent()) {
                result = ask(hook, form.get(), now, result, lookup);
                left.put(hook, result);
            }
        }
        if (result.equals(object)) {
            return result;
        }
        for (Admission step : earlier) {
            result = step.mutate(request.with(result), result, lookup);
        }
        for (Map.Entry<Hook, T> each : left.entrySet()) {
            Hook hook = each.getKey();
            if (hook.again() && !each.getValue().equals(result)) {
                Request<T> now = request.with(result);
                Optional<ResourceType<?>> form = caller.meant(hook, now, lookup);
                result = form.isPresent() ? ask(hook, form.get(), now, result, lookup) : result;
            }
        }
        return result;
    }

    private <T extends Resource> T ask(Hook hook, ResourceType<?> form, Request<T> request, T object, Lookup lookup) {
        caller.requireAskable(hook, request);
        try {
            Verdict verdict = caller.ask(hook, form, request, true, lookup);
            caller.tell(hook, verdict, request);
            JsonNode patch = verdict.patch();
            return patch == null ? object : caller.patched(hook, form, request, object, patch);
        } catch (Failure e) {
            caller.failed(hook, request, e);
            return object;
        }
    }

    /** Of a deletion they can only say whether it may be. */
    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (request.operation() != Operation.DELETE || caller.isExempt(request)) {
            return;
        }
        for (Hook hook : hooks.get()) {
            Optional<ResourceType<?>> form = caller.meant(hook, request, lookup);
            if (form.isPresent()) {
                askOfDeletion(hook, form.get(), request, lookup);
            }
        }
    }

    private void askOfDeletion(Hook hook, ResourceType<?> form, Request<?> request, Lookup lookup) {
        caller.requireAskable(hook, request);
        try {
            Verdict verdict = caller.ask(hook, form, request, true, lookup);
            caller.tell(hook, verdict, request);
            JsonNode patch = verdict.patch();
            if (patch != null && !patch.isEmpty()) {
                throw new ApiException(
                        Reason.INTERNAL_ERROR,
                        "Internal error occurred: admission webhook \"" + hook.name()
                                + "\" attempted to modify the object, which is not supported for this operation");
            }
        } catch (Failure e) {
            caller.failed(hook, request, e);
        }
    }
}
