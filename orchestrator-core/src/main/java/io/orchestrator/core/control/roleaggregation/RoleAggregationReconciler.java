package io.orchestrator.core.control.roleaggregation;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.rbac.AggregationRule;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A role with an aggregation rule has the rules of all roles that it selects, in the order of their names, and no others. */
public final class RoleAggregationReconciler implements Reconciler {
    private RoleAggregationReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("clusterrole-aggregation")
                .reconciles(ClusterRole.TYPE)
                .watches(
                        ClusterRole.TYPE,
                        (role, view) -> view.list(ClusterRole.TYPE, "").stream()
                                .filter(other -> selects(other, role))
                                .map(ObjectKey::of)
                                .toList())
                .with(new RoleAggregationReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<ClusterRole> found = context.view().get(ClusterRole.TYPE, key);
        if (found.isEmpty()
                || found.get().aggregationRule() == null
                || found.get().metadata().isDeleting()) {
            return Outcome.done();
        }
        ClusterRole role = found.get();
        List<PolicyRule> rules = rulesFor(role, context.view().list(ClusterRole.TYPE, ""));
        if (!rules.equals(role.rules())) {
            context.client().resources(ClusterRole.TYPE).update(role.withRules(rules));
        }
        return Outcome.done();
    }

    /** Pure. */
    static List<PolicyRule> rulesFor(ClusterRole role, List<ClusterRole> all) {
        Set<PolicyRule> rules = new LinkedHashSet<>();
        all.stream()
                .filter(part -> selects(role, part))
                .sorted(Comparator.comparing((Resource part) -> part.metadata().name()))
                .forEach(part -> rules.addAll(part.rules()));
        return new ArrayList<>(rules);
    }

    private static boolean selects(ClusterRole role, ClusterRole part) {
        AggregationRule rule = role.aggregationRule();
        return rule != null
                && !role.metadata().name().equals(part.metadata().name())
                && rule.clusterRoleSelectors().stream()
                        .anyMatch(selector -> selector.matches(part.metadata().labels()));
    }
}
