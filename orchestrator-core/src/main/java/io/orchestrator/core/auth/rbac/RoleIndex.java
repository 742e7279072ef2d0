package io.orchestrator.core.auth.rbac;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import io.orchestrator.core.auth.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The roles by name, and what bindings give by subject. Readers take no lock and see each object whole, or as it was before;
 * writers, who follow the objects of the cluster, take turns.
 */
public final class RoleIndex {
    private final Map<String, CompiledRole> roles = new ConcurrentHashMap<>();
    /** By namespace, empty for everywhere, and subject. The lists are never changed, only replaced. */
    private final Map<String, List<Grant>> grants = new ConcurrentHashMap<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, List<Grant>> byBinding = new HashMap<>();

    /** Takes a new or changed role or binding in; others are ignored. */
    public void put(Resource object) {
        if (object instanceof ClusterRole role) {
            roles.put("/" + role.metadata().name(), CompiledRole.of(role.rules()));
        } else if (object instanceof Role role) {
            roles.put(key(role), CompiledRole.of(role.rules()));
        } else if (object instanceof ClusterRoleBinding binding) {
            bind(key(binding), grants(binding, "", binding.roleRef(), binding.subjects()));
        } else if (object instanceof RoleBinding binding) {
            String namespace = binding.metadata().namespace();
            bind(key(binding), grants(binding, namespace, binding.roleRef(), binding.subjects()));
        }
    }

    /** Forgets a role or binding that is gone. */
    public void remove(Resource object) {
        if (object instanceof ClusterRole || object instanceof Role) {
            roles.remove(key(object));
        } else if (object instanceof ClusterRoleBinding || object instanceof RoleBinding) {
            bind(key(object), List.of());
        }
    }

    /** The role's rules, when it is there. */
    Optional<CompiledRole> role(Grant grant) {
        return role(grant.roleKey());
    }

    /** @param namespace of the binding that refers to it */
    Optional<CompiledRole> role(RoleRef ref, String namespace) {
        return role(isClusterRole(ref) ? "/" + ref.name() : namespace + "/" + ref.name());
    }

    private Optional<CompiledRole> role(String key) {
        return Optional.ofNullable(roles.get(key));
    }

    /** Shows all that the user has in the namespace and everywhere; the visitor says when it has seen enough. */
    void visit(UserInfo user, String namespace, Visitor visitor) {
        if (visit("", user, visitor) && !namespace.isEmpty()) {
            visit(namespace, user, visitor);
        }
    }

    /** Sees grants. */
    @FunctionalInterface
    interface Visitor {
        /** Whether to go on. */
        boolean see(Grant grant);
    }

    private boolean visit(String namespace, UserInfo user, Visitor visitor) {
        if (!visit(grants.get(namespace + "\nu" + user.name()), visitor)) {
            return false;
        }
        for (String group : user.groups()) {
            if (!visit(grants.get(namespace + "\ng" + group), visitor)) {
                return false;
            }
        }
        return true;
    }

    private static boolean visit(@Nullable List<Grant> some, Visitor visitor) {
        if (some != null) {
            for (Grant grant : some) {
                if (!visitor.see(grant)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void bind(String binding, List<Grant> wanted) {
        synchronized (lock) {
            List<Grant> known = byBinding.getOrDefault(binding, List.of());
            if (known.equals(wanted)) {
                return;
            }
            // What stays is never missing in between: first the new, then the old goes.
            wanted.forEach(grant -> edit(grant, list -> {
                list.removeIf(grant::equals);
                list.add(grant);
            }));
            known.stream()
                    .filter(grant -> !wanted.contains(grant))
                    .forEach(grant -> edit(grant, list -> list.remove(grant)));
            if (wanted.isEmpty()) {
                byBinding.remove(binding);
            } else {
                byBinding.put(binding, wanted);
            }
        }
    }

    private void edit(Grant grant, Consumer<List<Grant>> change) {
        grants.compute(subjectKey(grant), (key, known) -> {
            List<Grant> list = known == null ? new ArrayList<>() : new ArrayList<>(known);
            change.accept(list);
            return list.isEmpty() ? null : List.copyOf(list);
        });
    }

    private static List<Grant> grants(Resource binding, String namespace, RoleRef role, List<Subject> subjects) {
        return subjects.stream()
                .map(subject -> new Grant(key(binding), binding.metadata().name(), namespace, role, subject))
                .distinct()
                .toList();
    }

    private static String subjectKey(Grant grant) {
        Subject subject = grant.subject();
        String who = switch (subject.kind()) {
            case "Group" -> "g" + subject.name();
            case "ServiceAccount" ->
                "usystem:serviceaccount:"
                        + (subject.namespace().isEmpty() ? grant.namespace() : subject.namespace())
                        + ":" + subject.name();
            default -> "u" + subject.name();
        };
        return grant.namespace() + "\n" + who;
    }

    static boolean isClusterRole(RoleRef ref) {
        return ref.kind().equals("ClusterRole");
    }

    private static String key(Resource object) {
        return object.metadata().namespace() + "/" + object.metadata().name();
    }
}
