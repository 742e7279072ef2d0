package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodStatus;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.recall.MadeOf;
import io.orchestrator.core.registry.defaults.PodDefaults;
import io.orchestrator.core.registry.validation.PodValidation;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Completes and judges the specs of pods, those of one template once for all of them: a spec that has come before, the very same
 * record, is completed to the same one as then, which others have made something of already. Thread-safe.
 */
final class PodSpecs {
    private static final PodCondition GATED = PodConditionBuilder.builder()
            .type(PodConditionType.POD_SCHEDULED)
            .status(ConditionStatus.FALSE)
            .reason("SchedulingGated")
            .message("Scheduling is blocked due to non-empty scheduling gates")
            .build();

    private final MadeOf<PodSpec, PodSpec> completed = new MadeOf<>();
    private final MadeOf<PodSpec, PodSpec> admitted = new MadeOf<>();
    private final MadeOf<PodSpec, PodSpec> lawful = new MadeOf<>();
    private final MadeOf<PodSpec, PodStatus> pending = new MadeOf<>();
    /** Complete specs that name no node, by their containers, which those who are given a node keep. */
    private final MadeOf<List<Container>, PodSpec> unbound = new MadeOf<>();

    /** With what Kubernetes fills in. */
    Pod completed(Pod pod) {
        PodSpec spec = pod.spec();
        if (beforeBound(spec) != null) {
            return pod;
        }
        PodSpec complete = completed.of(spec, PodDefaults::of);
        if (complete == spec && spec.nodeName().isEmpty() && unbound.find(spec.containers()) != spec) {
            unbound.keep(spec.containers(), spec);
        }
        return with(pod, complete);
    }

    /** The complete spec that this one was before it was given a node; null where that is not known, or not all that has changed. */
    private @Nullable PodSpec beforeBound(PodSpec spec) {
        if (spec.nodeName().isEmpty()) {
            return null;
        }
        PodSpec known = unbound.find(spec.containers());
        return known != null && known.withNodeName(spec.nodeName()).equals(spec) ? known : null;
    }

    /**
     * The pod as admission has left it, which makes a spec of its own for each pod; mostly one that equals what it made of the same
     * spec before. Equal are amounts that say the same in other words, too: the pod then has the words of the one before it.
     */
    Pod admitted(Pod before, Pod after) {
        PodSpec made = after.spec();
        if (made == before.spec()) {
            return after;
        }
        PodSpec known = admitted.find(before.spec());
        if (known != null && known.equals(made)) {
            return with(after, known);
        }
        admitted.keep(before.spec(), made);
        return after;
    }

    /**
     * What is wanted, with the spec that is there where it is no other. An amount that is said in other words, as {@code 1Gi} and
     * {@code 1073741824}, is no other: the words that are there stay.
     */
    static Pod unchanged(Pod wanted, Pod current) {
        return wanted.spec().equals(current.spec()) ? with(wanted, current.spec()) : wanted;
    }

    void validate(Pod pod, Violations violations) {
        PodSpec spec = pod.spec();
        if (isLawful(spec)) {
            return;
        }
        int before = violations.count();
        PodValidation.pod(pod, violations);
        if (violations.count() == before) {
            lawful.keep(spec, spec);
        }
    }

    /** Whether it is known to be, or to have been before it was given a node of a good name. */
    boolean isLawful(PodSpec spec) {
        if (lawful.find(spec) != null) {
            return true;
        }
        PodSpec before = beforeBound(spec);
        return before != null
                && lawful.find(before) != null
                && Names.dnsSubdomain(spec.nodeName()).isEmpty();
    }

    /** The status of a new pod with this spec: it is pending and has no history. Why nobody tries to place it, if so, stands there. */
    PodStatus pending(PodSpec spec) {
        return pending.of(
                spec,
                made -> PodStatusBuilder.builder()
                        .phase(PodPhase.PENDING)
                        .qosClass(QualityOfService.of(made))
                        .conditions(made.schedulingGates().isEmpty() ? List.of() : List.of(GATED))
                        .build());
    }

    private static Pod with(Pod pod, PodSpec spec) {
        return pod.spec() == spec ? pod : pod.withSpec(spec);
    }
}
