package io.orchestrator.benchmarks.api;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orchestrator.api.client.Client;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.FrontDoor;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A cluster without nodes that is reached with TLS and without, by somebody with all rights. */
final class ServedSides implements AutoCloseable {
    private static final String ACCOUNT = "benchmark";
    private static final int ATTEMPTS = 300;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Cluster cluster;
    private final FrontDoor.Opened door;
    private final Endpoint secure;
    private final Endpoint cleartext;

    ServedSides() throws Exception {
        cluster = Cluster.builder()
                .nodes(0)
                .apiServer(ApiServer.onPort(0).withCleartextPort(0))
                .start();
        try {
            door = cluster.apiServer().orElseThrow();
            Kubeconfig kubeconfig = door.adminKubeconfig();
            secure = new Endpoint(
                    port(door.url()),
                    BenchmarkTls.context(BenchmarkTls.certificate(kubeconfig.authorityPem()), kubeconfig.identity()),
                    "");
            cleartext = new Endpoint(port(door.cleartextUrl().orElseThrow()), null, token(kubeconfig));
            untilAllowed();
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    /** Of an account that is bound to all rights. */
    private String token(Kubeconfig kubeconfig) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toYaml()))
                .build()) {
            client.serviceAccounts()
                    .inNamespace("default")
                    .resource(new io.fabric8.kubernetes.api.model.ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(ACCOUNT)
                            .endMetadata()
                            .build())
                    .create();
            client.rbac()
                    .clusterRoleBindings()
                    .resource(new io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(ACCOUNT)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                            .addNewSubject("", "ServiceAccount", ACCOUNT, "default")
                            .build())
                    .create();
            return client.serviceAccounts()
                    .inNamespace("default")
                    .withName(ACCOUNT)
                    .tokenRequest(new TokenRequest())
                    .getStatus()
                    .getToken();
        }
    }

    /** Rights come to the server by a watch. */
    private void untilAllowed() throws IOException {
        for (int left = ATTEMPTS; ; left--) {
            try (KeepAliveConnection one = new KeepAliveConnection(cleartext)) {
                one.exchange(cleartext.get(SamplePods.PATH));
                return;
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    Client client() {
        return cluster.client();
    }

    FrontDoor.Opened door() {
        return door;
    }

    /** By HTTPS and a certificate. */
    Endpoint secure() {
        return secure;
    }

    /** By plain HTTP and a token. */
    Endpoint cleartext() {
        return cleartext;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
