package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Resource;
import java.util.List;

/** The answer to a request for something beside room. */
public sealed interface Reservation {

    /**
     * It is taken.
     *
     * @param assumed objects as they will be: snapshots show them so until a later version is seen, or the placement is undone
     */
    record Taken(List<Resource> assumed) implements Reservation {
        public Taken {
            assumed = List.copyOf(assumed);
        }
    }

    /** It is not to be had: the placement is undone, and the pod waits for a change. */
    record Refused(Verdict.Unfit why) implements Reservation {}

    static Reservation taken() {
        return new Taken(List.of());
    }

    static Reservation taken(List<Resource> assumed) {
        return new Taken(assumed);
    }

    static Reservation refused(String why) {
        return new Refused(Verdict.unfit(why));
    }
}
