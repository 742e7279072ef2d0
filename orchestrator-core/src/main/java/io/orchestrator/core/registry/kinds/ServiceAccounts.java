package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.authentication.TokenRequest;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.core.auth.token.TokenIssuer;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.Subresource;

/** Service accounts, with or without somebody who signs their tokens. */
public final class ServiceAccounts {
    private ServiceAccounts() {}

    static ResourceStrategy<ServiceAccount> plain() {
        return ResourceStrategy.of(ServiceAccount.TYPE).build();
    }

    /** With the subresource {@code token}. */
    public static ResourceStrategy<ServiceAccount> issuing(TokenIssuer issuer) {
        return ResourceStrategy.of(ServiceAccount.TYPE)
                .subresource(new Subresource.Question<>(
                        "token",
                        TokenRequest.TYPE,
                        (account, asked, lookup) -> issuer.issue(account, asked, lookup::find)))
                .build();
    }
}
