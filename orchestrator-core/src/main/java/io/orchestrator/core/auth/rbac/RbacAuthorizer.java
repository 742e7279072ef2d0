package io.orchestrator.core.auth.rbac;

import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Allows what a role allows that is bound to the user or to one of the user's groups. Thread-safe, takes no lock. */
public final class RbacAuthorizer implements Authorizer {
    private final RoleIndex index;

    public RbacAuthorizer(RoleIndex index) {
        this.index = index;
    }

    @Override
    public Decision decide(Request request) {
        Search search = new Search(request);
        index.visit(request.user(), request.namespace(), search);
        if (!search.found.isEmpty()) {
            return new Decision(true, "RBAC: allowed by " + search.found);
        }
        return Decision.deny(search.missing.isEmpty() ? "" : "RBAC: " + String.join(", ", search.missing));
    }

    /** Looks for a role that allows the request. Confined to one thread. */
    private final class Search implements RoleIndex.Visitor {
        private final Request request;
        private final Set<String> missing = new LinkedHashSet<>();
        private String found = "";

        Search(Request request) {
            this.request = request;
        }

        @Override
        public boolean see(Grant grant) {
            Optional<CompiledRole> role = index.role(grant);
            if (role.isEmpty()) {
                missing.add(notFound(grant.role()));
            } else if (role.get().allows(request)) {
                found = grant.description();
                return false;
            }
            return true;
        }
    }

    /** All rules of a user in a namespace. @param faults roles that bindings name and that are not there */
    public record Rules(List<PolicyRule> rules, List<String> faults) {}

    /** @param namespace empty for what holds everywhere alone */
    public Rules rulesOf(UserInfo user, String namespace) {
        Set<PolicyRule> rules = new LinkedHashSet<>();
        Set<String> faults = new LinkedHashSet<>();
        if (user.isIn(UserInfo.MASTERS)) {
            rules.addAll(PolicyRules.everything());
        }
        index.visit(user, namespace, grant -> {
            index.role(grant)
                    .ifPresentOrElse(role -> rules.addAll(role.rules()), () -> faults.add(notFound(grant.role())));
            return true;
        });
        return new Rules(new ArrayList<>(rules), new ArrayList<>(faults));
    }

    /** The rules of the role that a binding in the namespace names; empty where there is none. */
    public Optional<List<PolicyRule>> rulesOf(RoleRef ref, String namespace) {
        return index.role(ref, namespace).map(CompiledRole::rules);
    }

    private static String notFound(RoleRef ref) {
        String plural = RoleIndex.isClusterRole(ref) ? "clusterrole" : "role";
        return plural + ".rbac.authorization.k8s.io \"" + ref.name() + "\" not found";
    }
}
