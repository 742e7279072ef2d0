package io.orchestrator.core.registry.review;

import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.registry.Caller;

/** The user behind a request. */
final class Users {
    private Users() {}

    static UserInfo of(Caller caller) {
        return new UserInfo(caller.user(), caller.uid(), caller.groups(), caller.extra());
    }

    /** As it is told to others. */
    static io.orchestrator.api.model.authentication.UserInfo told(UserInfo user) {
        return new io.orchestrator.api.model.authentication.UserInfo(
                user.name(), user.uid(), user.groups(), user.extra());
    }
}
