package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Requirement;
import io.orchestrator.api.meta.Requirement.Operator;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.NodeInclusionPolicy;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.api.model.core.UnsatisfiableConstraintAction;
import java.util.ArrayList;
import java.util.List;

/**
 * A topology spread constraint, ready to be applied.
 *
 * @param hard whether the pod rather waits than breaks it
 * @param pods which pods of the namespace are counted, with the pod's own values of the match label keys worked in
 * @param honorAffinity whether only nodes count that the pod's node selector and affinity allow
 * @param honorTaints whether only nodes count whose taints the pod tolerates
 */
public record SpreadRule(
        int maxSkew,
        String topologyKey,
        boolean hard,
        int minDomains,
        boolean honorAffinity,
        boolean honorTaints,
        Selector pods) {

    static SpreadRule of(Pod pod, TopologySpreadConstraint constraint) {
        List<Requirement> own = new ArrayList<>();
        Selectors.addOwn(pod, constraint.matchLabelKeys(), Operator.IN, own);
        return of(constraint, Selectors.and(Selectors.of(constraint.labelSelector()), own));
    }

    /** The constraint with another choice of pods. */
    public static SpreadRule of(TopologySpreadConstraint constraint, Selector pods) {
        Integer minDomains = constraint.minDomains();
        return new SpreadRule(
                constraint.maxSkew(),
                constraint.topologyKey(),
                constraint.whenUnsatisfiable().equals(UnsatisfiableConstraintAction.DO_NOT_SCHEDULE),
                minDomains == null ? 1 : minDomains,
                !NodeInclusionPolicy.IGNORE.equals(constraint.nodeAffinityPolicy()),
                NodeInclusionPolicy.HONOR.equals(constraint.nodeTaintsPolicy()),
                pods);
    }
}
