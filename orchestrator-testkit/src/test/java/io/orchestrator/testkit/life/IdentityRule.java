package io.orchestrator.testkit.life;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each ordinal of a StatefulSet is alive at most once in the whole cluster, on whatever machine. It is the engines that are
 * asked, not the API.
 */
final class IdentityRule implements PodBook.Rule {
    private final SimulatedRuntime engine;

    IdentityRule(SimulatedRuntime engine) {
        this.engine = engine;
    }

    @Override
    public void check(List<Pod> pods) {
        Map<String, String> alive = new HashMap<>();
        for (SandboxState sandbox : engine.sandboxes()) {
            if (sandbox.ready() && sandbox.pod().name().startsWith(Users.SET)) {
                String name = sandbox.pod().namespace() + "/" + sandbox.pod().name();
                String other = alive.put(name, sandbox.pod().uid());
                if (other != null && !other.equals(sandbox.pod().uid())) {
                    throw new AssertionError(name + " is alive twice: " + other + " and "
                            + sandbox.pod().uid());
                }
            }
        }
    }
}
