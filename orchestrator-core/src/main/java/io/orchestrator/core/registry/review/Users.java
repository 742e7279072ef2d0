package io.orchestrator.core.registry.review;

import io.orchestrator.core.auth.UserInfo;

/** Users on the wire. */
final class Users {
    private Users() {}

    /** As it is told to others. */
    static io.orchestrator.api.model.authentication.UserInfo told(UserInfo user) {
        return new io.orchestrator.api.model.authentication.UserInfo(
                user.name(), user.uid(), user.groups(), user.extra());
    }
}
