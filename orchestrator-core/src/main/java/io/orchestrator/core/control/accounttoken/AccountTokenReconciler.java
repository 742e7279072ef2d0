package io.orchestrator.core.control.accounttoken;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.ServiceAccount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A secret that names a service account in its annotation gets the account's token, the certificate of the cluster's authority
 * and the name of its namespace, where they are missing; when its account is not there, or is another one, the secret goes.
 */
public final class AccountTokenReconciler implements Reconciler {
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String NAME = "kubernetes.io/service-account.name";
    private static final String UID = "kubernetes.io/service-account.uid";

    private final BiFunction<ServiceAccount, String, String> tokens;
    private final Bytes authority;

    private AccountTokenReconciler(BiFunction<ServiceAccount, String, String> tokens, String authority) {
        this.tokens = tokens;
        this.authority = Bytes.utf8(authority);
    }

    /**
     * @param tokens the token of an account that is kept in the secret of this name
     * @param authority PEM
     */
    public static ControllerSpec with(BiFunction<ServiceAccount, String, String> tokens, String authority) {
        return ControllerSpec.named("service-account-token")
                .reconciles(Secret.TYPE)
                .watches(
                        ServiceAccount.TYPE,
                        (account, view) -> view
                                .list(Secret.TYPE, account.metadata().namespace())
                                .stream()
                                .filter(secret ->
                                        belongsTo(secret, account.metadata().name()))
                                .map(ObjectKey::of)
                                .toList())
                .with(new AccountTokenReconciler(tokens, authority));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<Secret> found = context.view()
                .get(Secret.TYPE, key)
                .filter(secret ->
                        secret.type().equals(TYPE) && !secret.metadata().isDeleting());
        if (found.isEmpty()) {
            return Outcome.done();
        }
        Secret secret = found.get();
        String name = secret.metadata().annotations().getOrDefault(NAME, "");
        // Live: a cache that does not know the account yet must not cost its secret.
        Optional<ServiceAccount> account = context.client()
                .inNamespace(key.namespace())
                .resources(ServiceAccount.TYPE)
                .find(name)
                .filter(candidate -> isSame(secret, candidate));
        var secrets = context.client().inNamespace(key.namespace()).secrets();
        if (account.isEmpty()) {
            secrets.delete(
                    key.name(),
                    DeleteOptions.defaults().onlyUid(secret.metadata().uid()));
            return Outcome.done();
        }
        Secret wanted = filled(secret, account.get());
        if (!wanted.equals(secret)) {
            secrets.update(wanted);
        }
        return Outcome.done();
    }

    private Secret filled(Secret secret, ServiceAccount account) {
        Map<String, Bytes> data = new LinkedHashMap<>(secret.data());
        data.put("ca.crt", authority);
        data.put("namespace", Bytes.utf8(account.metadata().namespace()));
        data.computeIfAbsent(
                "token",
                absent -> Bytes.utf8(tokens.apply(account, secret.metadata().name())));
        Secret filled = secret.withData(data);
        String uid = account.metadata().uid();
        return uid.equals(secret.metadata().annotations().get(UID))
                ? filled
                : filled.withMetadata(filled.metadata().withAnnotation(UID, uid));
    }

    private static boolean isSame(Secret secret, ServiceAccount account) {
        String uid = secret.metadata().annotations().getOrDefault(UID, "");
        return uid.isEmpty() || uid.equals(account.metadata().uid());
    }

    private static boolean belongsTo(Secret secret, String account) {
        return secret.type().equals(TYPE)
                && account.equals(secret.metadata().annotations().get(NAME));
    }
}
