package io.orchestrator.core.auth.rbac;

import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.core.auth.Authorizer;

/** The rules of a role that is fixed in the program. Immutable. */
public final class RuleSet {
    private final CompiledRole rules;

    private RuleSet(CompiledRole rules) {
        this.rules = rules;
    }

    public static RuleSet of(ClusterRole role) {
        return new RuleSet(CompiledRole.of(role.rules()));
    }

    public boolean allow(Authorizer.Request request) {
        return rules.allows(request);
    }
}
