package io.orchestrator.core.embed;

import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.CertificateAuthenticator;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.MastersAuthorizer;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.store.Store;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store, and the registry over it. */
record StateLayer(Registry registry, ObjectCodec codec, Environment environment) {
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;

    static StateLayer open(@Nullable Store given, String serviceCidr, Environment environment, Teardown teardown) {
        Store store = teardown.add("store", given != null ? given : new MemoryStore(environment.executor()));
        ObjectCodec codec = new ObjectCodec(new Schemas());
        Catalog catalog = BuiltInKinds.catalog(
                new RangeAllocator(serviceCidr, FIRST_NODE_PORT, LAST_NODE_PORT, environment.random()));
        Registry registry = teardown.add(
                "registry", new Registry(store, environment, catalog, new JsonForms(codec), BuiltInAdmission.steps()));
        registry.start();
        return new StateLayer(registry, codec, environment);
    }

    /** What a front door stands before, with an authority of its own that lives as long as the cluster. */
    ControlPlane controlPlane(String name, NodeEndpoint pods) {
        CertificateAuthority authority =
                CertificateAuthority.create(name + "-ca", environment.clock(), new SecureRandom());
        Authenticator authenticator = Authenticator.firstOf(
                List.of(new CertificateAuthenticator(authority.certificate(), environment.clock())));
        return new ControlPlane(
                name,
                Cluster.VERSION,
                registry,
                codec,
                pods,
                authority,
                authenticator,
                new MastersAuthorizer(),
                environment);
    }
}
