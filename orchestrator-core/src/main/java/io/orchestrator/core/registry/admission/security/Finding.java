package io.orchestrator.core.registry.admission.security;

import java.util.List;
import java.util.Optional;

/** What is wrong with a pod. @param reason a word or two; {@code detail} says where */
record Finding(String reason, String detail) {

    /** Nothing when no place is named. */
    static Optional<Finding> at(String reason, String place, String rest) {
        return place.isEmpty() ? Optional.empty() : Optional.of(new Finding(reason, place + rest));
    }

    static Optional<Finding> of(String reason, List<String> details) {
        return details.isEmpty() ? Optional.empty() : Optional.of(new Finding(reason, String.join("; ", details)));
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? reason : reason + " (" + detail + ")";
    }
}
