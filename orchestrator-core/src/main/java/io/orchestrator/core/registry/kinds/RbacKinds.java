package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.ResourceStrategyBuilder;
import io.orchestrator.core.registry.defaults.RbacDefaults;
import io.orchestrator.core.registry.validation.RbacValidation;
import java.util.List;

/** Who may do what. */
final class RbacKinds {
    private RbacKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(
                rbac(Role.TYPE).validation(RbacValidation::role).build(),
                rbac(ClusterRole.TYPE).validation(RbacValidation::clusterRole).build(),
                rbac(RoleBinding.TYPE)
                        .defaults(RbacDefaults::of)
                        .validation(RbacValidation::roleBinding)
                        .updateValidation(RbacValidation::roleBindingUpdate)
                        .build(),
                rbac(ClusterRoleBinding.TYPE)
                        .defaults(RbacDefaults::of)
                        .validation(RbacValidation::clusterRoleBinding)
                        .updateValidation(RbacValidation::clusterRoleBindingUpdate)
                        .build());
    }

    /** Names may have colons, as in {@code system:node}; whoever puts what is not there creates it. */
    private static <T extends Resource> ResourceStrategyBuilder<T> rbac(ResourceType<T> type) {
        return ResourceStrategy.of(type).names(Names::pathSegment).createOnUpdate();
    }
}
