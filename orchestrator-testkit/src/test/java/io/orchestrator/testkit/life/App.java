package io.orchestrator.testkit.life;

import io.orchestrator.api.meta.Resource;

/** What belongs together: a workload and its pods, all of which carry its name in the label {@code app}. */
record App(String namespace, String name) {
    static App of(Resource object) {
        return new App(object.metadata().namespace(), object.metadata().labels().getOrDefault("app", ""));
    }
}
