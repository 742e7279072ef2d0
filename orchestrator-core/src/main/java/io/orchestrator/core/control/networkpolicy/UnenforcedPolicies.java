package io.orchestrator.core.control.networkpolicy;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.model.networking.NetworkPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says of every network policy, in an event, once for each that comes or changes, that nothing enforces it. */
public final class UnenforcedPolicies implements Reconciler {
    private final String why;
    private final Map<ObjectKey, String> told = new ConcurrentHashMap<>();

    private UnenforcedPolicies(String why) {
        this.why = why;
    }

    /** The controller, ready for the engine. @param why nothing enforces them */
    public static ControllerSpec spec(String why) {
        return ControllerSpec.named("networkpolicy-notice")
                .reconciles(NetworkPolicy.TYPE)
                .with(new UnenforcedPolicies(why));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<NetworkPolicy> policy = context.view().get(NetworkPolicy.TYPE, key);
        if (policy.isEmpty()) {
            told.remove(key);
            return Outcome.done();
        }
        String version =
                policy.get().metadata().uid() + "/" + policy.get().metadata().generation();
        if (!version.equals(told.put(key, version))) {
            context.events().warning(policy.get(), "NotEnforced", "the policy has no effect: " + why);
        }
        return Outcome.done();
    }
}
