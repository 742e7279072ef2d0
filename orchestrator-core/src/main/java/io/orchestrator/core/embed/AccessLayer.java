package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.CertificateAuthenticator;
import io.orchestrator.core.auth.MastersAuthorizer;
import io.orchestrator.core.auth.bootstrap.BootstrapPolicy;
import io.orchestrator.core.auth.bootstrap.PolicyReconciliation;
import io.orchestrator.core.auth.node.NodeAuthorizer;
import io.orchestrator.core.auth.rbac.RbacAuthorizer;
import io.orchestrator.core.auth.rbac.RoleIndex;
import io.orchestrator.core.auth.rbac.RuleSet;
import io.orchestrator.core.auth.token.BootstrapTokenAuthenticator;
import io.orchestrator.core.auth.token.ObjectLookup;
import io.orchestrator.core.auth.token.ServiceAccountAuthenticator;
import io.orchestrator.core.auth.token.TokenCheck;
import io.orchestrator.core.auth.token.TokenCodec;
import io.orchestrator.core.auth.token.TokenIssuer;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.accounttoken.AccountTokenReconciler;
import io.orchestrator.core.control.certificates.ApprovingReconciler;
import io.orchestrator.core.control.certificates.SigningReconciler;
import io.orchestrator.core.control.rootca.RootCaReconciler;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.join.PodRoute;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.Review;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.admission.access.CertificatePermission;
import io.orchestrator.core.registry.admission.access.CreatePermission;
import io.orchestrator.core.registry.admission.access.NodeRestriction;
import io.orchestrator.core.registry.admission.access.OwnerPermission;
import io.orchestrator.core.registry.admission.access.RoleEscalation;
import io.orchestrator.core.registry.kinds.ServiceAccounts;
import io.orchestrator.core.registry.review.AccessReviews;
import io.orchestrator.core.registry.review.IdentityReviews;
import io.orchestrator.core.registry.review.RulesReviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who somebody is and what they may do, for all doors of the cluster. */
final class AccessLayer {
    /** Where tokens of service accounts come from, and whom they are for unless they say otherwise. */
    static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final List<ResourceType<?>> POLICY =
            List.of(ClusterRole.TYPE, Role.TYPE, ClusterRoleBinding.TYPE, RoleBinding.TYPE);
    private static final String ON_NODE = "access-node";
    private static final long PATIENCE_SECONDS = 30;

    private final ClusterKeys keys;
    private final Environment environment;
    private final TokenCodec tokens;
    private final TokenCheck check;
    private final TokenIssuer issuer;
    private final RoleIndex roles = new RoleIndex();
    private final RbacAuthorizer rbac = new RbacAuthorizer(roles);
    private final NodeAuthorizer nodes =
            new NodeAuthorizer(RuleSet.of(BootstrapPolicy.node()), Set.of(PodRoute.ALL), node -> podsOn(node));
    private final Authorizer authorizer = Authorizer.anyOf(List.of(new MastersAuthorizer(), nodes, rbac));
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private volatile @Nullable Informer<Pod> placed;
    private volatile Supplier<Catalog> catalog = () -> Catalog.of(List.of());

    AccessLayer(ClusterKeys keys, Environment environment) {
        this.keys = keys;
        this.environment = environment;
        this.tokens = new TokenCodec(keys.tokens(), ISSUER);
        this.check = new TokenCheck(tokens, environment.clock());
        this.issuer = new TokenIssuer(
                tokens,
                environment.clock(),
                () -> new UUID(
                                environment.random().nextLong(),
                                environment.random().nextLong())
                        .toString());
    }

    /** These kinds, with tokens for service accounts and the questions about access. */
    Catalog extended(Catalog catalog) {
        List<Review<?>> reviews = new ArrayList<>();
        reviews.addAll(new AccessReviews(authorizer).all());
        reviews.addAll(new RulesReviews(rbac).all());
        reviews.addAll(new IdentityReviews(check, evidence -> Optional.empty()).all());
        return catalog.with(List.of(ServiceAccounts.issuing(issuer))).withReviews(reviews);
    }

    /** The steps of admission that ask who may do what. */
    List<Admission> admission() {
        return List.of(
                new CreatePermission(authorizer),
                new RoleEscalation(authorizer, rbac),
                new OwnerPermission(authorizer, () -> catalog.get()),
                new CertificatePermission(authorizer),
                new NodeRestriction());
    }

    /** The controllers that hand out what the cluster signs. */
    List<ControllerSpec> controllers() {
        String authority = keys.authority().certificatePem();
        return List.of(
                RootCaReconciler.publishing(authority),
                AccountTokenReconciler.with(issuer::kept, authority),
                ApprovingReconciler.spec(),
                SigningReconciler.by(keys.authority()::issueRequested));
    }

    /** Says which kinds there are, once that is known. */
    void catalog(Supplier<Catalog> source) {
        catalog = source;
    }

    /** The kinds that there are at this moment. */
    Catalog catalog() {
        return catalog.get();
    }

    /** Makes the policy that every cluster has and follows it from then on. @param system with all rights */
    void start(Client system, SharedInformers informers) {
        POLICY.forEach(type -> follow(type, informers));
        Informer<Pod> pods = informers.informer(Pod.TYPE);
        pods.index(new Index<>(ON_NODE, pod -> List.of(pod.spec().nodeName())));
        placed = pods;
        environment.executor().execute(() -> {
            try {
                new PolicyReconciliation(system).run();
                informers.whenSynced(POLICY, () -> ready.complete(null));
            } catch (RuntimeException e) {
                ready.completeExceptionally(e);
            }
        });
    }

    private List<Pod> podsOn(String node) {
        Informer<Pod> known = placed;
        return known == null ? List.of() : known.byIndex(ON_NODE, node);
    }

    private <T extends Resource> void follow(ResourceType<T> type, SharedInformers informers) {
        informers.informer(type).addHandler((before, after) -> {
            if (after != null) {
                roles.put(after);
            } else if (before != null) {
                roles.remove(before);
            }
        });
    }

    /** Waits until the policy holds, so that nobody is refused for having come early. */
    void await() {
        try {
            ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the roles could not be made: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ApiException(Reason.TIMEOUT, "the roles were not there in time", e);
        }
    }

    Authenticator authenticator(Client system, SharedInformers informers) {
        ObjectLookup lookup = new CachedLookup(system, informers);
        return Authenticator.firstOf(List.of(
                new CertificateAuthenticator(keys.authority().certificate(), environment.clock()),
                new ServiceAccountAuthenticator(check, lookup),
                new BootstrapTokenAuthenticator(lookup, environment.clock())));
    }

    Authorizer authorizer() {
        return authorizer;
    }

    ClusterKeys keys() {
        return keys;
    }

    TokenCodec tokens() {
        return tokens;
    }

    /** Looks into the caches that are there anyway, and asks the registry for the rest. */
    private record CachedLookup(Client client, SharedInformers informers) implements ObjectLookup {
        CachedLookup {
            List.of(ServiceAccount.TYPE, Pod.TYPE, Node.TYPE).forEach(informers::informer);
        }

        @Override
        public <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name) {
            boolean cached = type.equals(ServiceAccount.TYPE) || type.equals(Pod.TYPE) || type.equals(Node.TYPE);
            return cached ? informers.get(type, new ObjectKey(namespace, name)) : fresh().find(type, namespace, name);
        }

        @Override
        public ObjectLookup fresh() {
            return new Live(client);
        }
    }

    /** Asks the registry. */
    private record Live(Client client) implements ObjectLookup {
        @Override
        public <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name) {
            return client.inNamespace(namespace).resources(type).find(name);
        }
    }
}
