package io.orchestrator.core.auth;

import java.util.Set;

/**
 * The rule of a cluster without roles: members of {@code system:masters} may do everything, everybody may ask for
 * version and health, authenticated users may see what the API offers, and nobody else may do anything.
 */
public final class MastersAuthorizer implements Authorizer {
    private static final Set<String> PUBLIC = Set.of("/version", "/healthz", "/livez", "/readyz");
    private static final Set<String> DISCOVERY = Set.of("/api", "/apis", "/openapi");

    @Override
    public Decision decide(Request request) {
        if (request.user().isIn(UserInfo.MASTERS)) {
            return Decision.allow();
        }
        if (!request.resource().isEmpty() || !request.verb().equals("get")) {
            return Decision.deny("");
        }
        boolean isPublic = under(PUBLIC, request.path());
        boolean isDiscovery = request.user().isIn("system:authenticated") && under(DISCOVERY, request.path());
        return isPublic || isDiscovery ? Decision.allow() : Decision.deny("");
    }

    private static boolean under(Set<String> roots, String path) {
        return roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }
}
