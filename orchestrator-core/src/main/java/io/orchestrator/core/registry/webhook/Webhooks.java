package io.orchestrator.core.registry.webhook;

import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.policy.Forms;
import io.orchestrator.core.registry.policy.RequestJudge;
import java.util.List;
import java.util.function.Supplier;

/**
 * The webhooks that configurations have registered, as steps of admission. Thread-safe: whoever follows the configurations tells
 * of all of a kind at a time; requests that are under way go on with those that they began with.
 */
public final class Webhooks {
    private final RequestJudge judge;
    private final HookCaller caller;
    private final Environment environment;
    private volatile List<Hook> mutating = List.of();
    private volatile List<Hook> validating = List.of();

    /** @param catalog the kinds that are served at the moment of a request */
    public Webhooks(
            ObjectCodec codec,
            Supplier<Catalog> catalog,
            RequestJudge judge,
            ReviewTransport transport,
            Environment environment) {
        this.judge = judge;
        this.environment = environment;
        this.caller = new HookCaller(codec, new Forms(catalog), judge, transport, environment.random());
    }

    /** The step that asks those that may change objects. @param earlier the steps before it */
    public Admission mutatingBehind(List<Admission> earlier) {
        return new MutatingWebhooks(() -> mutating, earlier, caller);
    }

    /** The step that asks those that may only refuse. */
    public Admission validating() {
        return new ValidatingWebhooks(() -> validating, caller, environment.executor());
    }

    /** Whether there are any. */
    public boolean any() {
        return !mutating.isEmpty() || !validating.isEmpty();
    }

    /** These are all now. */
    public void mutating(List<MutatingWebhookConfiguration> configurations) {
        mutating = Hook.mutating(configurations, judge::compile);
    }

    /** These are all now. */
    public void validating(List<ValidatingWebhookConfiguration> configurations) {
        validating = Hook.validating(configurations, judge::compile);
    }
}
