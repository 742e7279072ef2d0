package io.orchestrator.core.auth.node;

import io.orchestrator.core.auth.UserInfo;
import java.util.Optional;

/** Whether a user is the agent of a node. Pure. */
public final class NodeIdentity {
    private static final String PREFIX = "system:node:";
    private static final String GROUP = "system:nodes";

    private NodeIdentity() {}

    /** The node whose agent the user is; empty for everybody else. */
    public static Optional<String> of(UserInfo user) {
        boolean agent = user.isIn(GROUP)
                && user.name().startsWith(PREFIX)
                && user.name().length() > PREFIX.length();
        return agent ? Optional.of(user.name().substring(PREFIX.length())) : Optional.empty();
    }
}
