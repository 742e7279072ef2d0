package io.orchestrator.core.registry.admission.access;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.rbac.AggregationRule;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.auth.rbac.PolicyRules;
import io.orchestrator.core.auth.rbac.RbacAuthorizer;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.admission.Admission;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Nobody writes a role with more rights than they have, unless they may {@code escalate} it, and nobody binds one, unless they
 * may {@code bind} it.
 */
public final class RoleEscalation implements Admission {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final Authorizer authorizer;
    private final RbacAuthorizer roles;

    public RoleEscalation(Authorizer authorizer, RbacAuthorizer roles) {
        this.authorizer = authorizer;
        this.roles = roles;
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        T object = request.object();
        boolean unbounded = request.caller().groups().contains(UserInfo.MASTERS);
        if (object == null || unbounded) {
            return;
        }
        if (object instanceof Role role) {
            List<PolicyRule> before = request.current() instanceof Role current ? current.rules() : List.of();
            checkRole(request, role.rules(), before);
        } else if (object instanceof ClusterRole role) {
            checkClusterRole(request, role, request.current() instanceof ClusterRole current ? current : null);
        } else if (object instanceof RoleBinding binding) {
            boolean same = request.current() instanceof RoleBinding current
                    && isSame(binding.roleRef(), binding.subjects(), current.roleRef(), current.subjects());
            checkBinding(request, binding.roleRef(), same);
        } else if (object instanceof ClusterRoleBinding binding) {
            boolean same = request.current() instanceof ClusterRoleBinding current
                    && isSame(binding.roleRef(), binding.subjects(), current.roleRef(), current.subjects());
            checkBinding(request, binding.roleRef(), same);
        }
    }

    private void checkClusterRole(Request<?> request, ClusterRole role, @Nullable ClusterRole before) {
        AggregationRule rule = role.aggregationRule();
        boolean aggregatesNow = rule != null && (before == null || !rule.equals(before.aggregationRule()));
        List<PolicyRule> everything = roles.rulesOf(UserInfo.host(), "").rules();
        if (aggregatesNow
                && !may(request, "escalate", request.type().plural(), request.namespace(), request.name())
                && !PolicyRules.missing(held(request.caller(), ""), everything).isEmpty()) {
            throw request.denied("must have cluster-admin privileges to use the aggregationRule");
        }
        checkRole(request, role.rules(), before == null ? List.of() : before.rules());
    }

    private void checkRole(Request<?> request, List<PolicyRule> wanted, List<PolicyRule> before) {
        if (wanted.equals(before)
                || may(request, "escalate", request.type().plural(), request.namespace(), request.name())) {
            return;
        }
        requireHeld(request, wanted);
    }

    private void checkBinding(Request<?> request, RoleRef role, boolean same) {
        boolean ofCluster = role.kind().equals("ClusterRole");
        String plural = ofCluster ? "clusterroles" : "roles";
        if (same || may(request, "bind", plural, request.namespace(), role.name())) {
            return;
        }
        requireHeld(
                request,
                roles.rulesOf(role, request.namespace())
                        .orElseThrow(() -> ApiException.notFound(GROUP, plural, role.name())));
    }

    private void requireHeld(Request<?> request, List<PolicyRule> wanted) {
        Caller caller = request.caller();
        List<PolicyRule> missing = PolicyRules.missing(held(caller, request.namespace()), wanted);
        if (!missing.isEmpty()) {
            throw request.denied("user \"" + caller.user() + "\" (groups=" + PolicyRules.quoted(caller.groups())
                    + ") is attempting to grant RBAC permissions not currently held:\n"
                    + missing.stream().map(PolicyRules::compact).sorted().collect(Collectors.joining("\n")));
        }
    }

    private List<PolicyRule> held(Caller caller, String namespace) {
        return roles.rulesOf(caller.userInfo(), namespace).rules();
    }

    private boolean may(Request<?> request, String verb, String plural, String namespace, String name) {
        return authorizer
                .decide(new Authorizer.Request(request.caller().userInfo(), verb, GROUP, plural, namespace, name, ""))
                .allowed();
    }

    private static boolean isSame(RoleRef role, List<Subject> subjects, RoleRef before, List<Subject> subjectsBefore) {
        return role.equals(before) && subjects.equals(subjectsBefore);
    }
}
