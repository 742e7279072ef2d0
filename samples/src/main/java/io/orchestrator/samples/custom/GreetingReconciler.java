package io.orchestrator.samples.custom;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import java.util.Locale;
import java.util.Optional;

/** Says what each greeting wants said, and notes it in the status. */
final class GreetingReconciler implements Reconciler {

    static ControllerSpec spec() {
        return ControllerSpec.named("greeter").reconciles(Greeting.TYPE).with(new GreetingReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<Greeting> found = context.view().get(Greeting.TYPE, key);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        Greeting greeting = found.get();
        String words = greeting.spec().words() + ", " + greeting.metadata().name();
        String said = greeting.spec().tone().equals("loudly") ? words.toUpperCase(Locale.ROOT) + "!" : words;
        if (!said.equals(greeting.status().said())) {
            context.client()
                    .resources(Greeting.TYPE)
                    .inNamespace(key.namespace())
                    .updateStatus(greeting.withStatus(new GreetingStatus(said)));
        }
        return Outcome.done();
    }
}
