package io.orchestrator.core.auth;

/** Members of {@code system:masters} may do everything, whatever roles there are; it has no opinion on anybody else. */
public final class MastersAuthorizer implements Authorizer {

    @Override
    public Decision decide(Request request) {
        return request.user().isIn(UserInfo.MASTERS) ? Decision.allow() : Decision.deny("");
    }
}
