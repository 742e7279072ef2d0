package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Prints roles and who has them. */
final class RbacRows {
    private static final List<Column> BINDING = List.of(
            Column.name("Name, unique within its scope"),
            Column.text("Role", "The role that is given"),
            Column.age(),
            Column.text("Users", "The users who get it").wide(),
            Column.text("Groups", "The groups that get it").wide(),
            Column.text("ServiceAccounts", "The service accounts that get it").wide());

    private RbacRows() {}

    static RowPrinter<Role> roles() {
        return new RowPrinter<>(
                List.of(Column.name("Name, unique within a namespace"), PolicyRows.CREATED_AT),
                (role, now) -> List.of(role.metadata().name(), PolicyRows.createdAt(role)));
    }

    static RowPrinter<ClusterRole> clusterRoles() {
        return new RowPrinter<>(
                List.of(Column.name("Name, unique within the cluster"), PolicyRows.CREATED_AT),
                (role, now) -> List.of(role.metadata().name(), PolicyRows.createdAt(role)));
    }

    static RowPrinter<RoleBinding> roleBindings() {
        return new RowPrinter<>(
                BINDING, (binding, now) -> binding(binding, binding.roleRef(), binding.subjects(), now));
    }

    static RowPrinter<ClusterRoleBinding> clusterRoleBindings() {
        return new RowPrinter<>(
                BINDING, (binding, now) -> binding(binding, binding.roleRef(), binding.subjects(), now));
    }

    private static List<Object> binding(Resource binding, RoleRef role, List<Subject> subjects, Instant now) {
        return List.of(
                binding.metadata().name(),
                role.kind() + "/" + role.name(),
                Age.of(binding, now),
                names(subjects, "User"),
                names(subjects, "Group"),
                names(subjects, "ServiceAccount"));
    }

    private static String names(List<Subject> subjects, String kind) {
        return subjects.stream()
                .filter(subject -> subject.kind().equals(kind))
                .map(subject ->
                        kind.equals("ServiceAccount") ? subject.namespace() + "/" + subject.name() : subject.name())
                .collect(Collectors.joining(", "));
    }
}
