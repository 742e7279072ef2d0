package io.orchestrator.core.registry.admission.security;

import io.orchestrator.api.model.core.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How much a pod may ask for. */
enum SecurityLevel {
    PRIVILEGED("privileged", List.of()),
    BASELINE("baseline", List.of(Baseline.common(), Baseline.relaxed())),
    RESTRICTED("restricted", List.of(Baseline.common(), Restricted.all()));

    private final String label;
    private final List<List<Function<Contents, Optional<Finding>>>> rules;

    SecurityLevel(String label, List<List<Function<Contents, Optional<Finding>>>> rules) {
        this.label = label;
        this.rules = rules;
    }

    /** The level that a label names; empty when it names none. */
    static Optional<SecurityLevel> of(String label) {
        for (SecurityLevel level : values()) {
            if (level.label.equals(label)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    String label() {
        return label;
    }

    /** All that is wrong with the pod. */
    List<Finding> findings(PodSpec spec) {
        Contents pod = Contents.of(spec);
        List<Finding> findings = new ArrayList<>();
        rules.forEach(some -> some.forEach(rule -> rule.apply(pod).ifPresent(findings::add)));
        return findings;
    }
}
