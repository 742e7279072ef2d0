package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Resource;
import java.util.List;

/** What stands between a placement and its binding. */
public sealed interface PreBinding {

    /** Nothing. */
    record Ready() implements PreBinding {}

    /**
     * These objects are to be updated, each on condition of the resource version it carries; or, with none, it is waited for
     * others to do their part.
     */
    record Pending(List<Resource> updates) implements PreBinding {
        public Pending {
            updates = List.copyOf(updates);
        }
    }

    /** It cannot come about: the placement is undone, and the pod tried again. */
    record Failed(String why) implements PreBinding {}

    static PreBinding ready() {
        return new Ready();
    }

    static PreBinding pending(List<Resource> updates) {
        return new Pending(updates);
    }

    static PreBinding failed(String why) {
        return new Failed(why);
    }
}
