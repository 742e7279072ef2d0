package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.apiserver.node.NodeServer;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.JoinedNode;
import io.orchestrator.core.join.JoinInvitation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are good for seconds, in a cluster that runs for longer. */
class CertificateRenewalIT {
    private static final Duration LIFE = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void eachCertificateIsFollowedByTheNextWhileServersAndNodesRunOn() throws Exception {
        try (Cluster cluster = Cluster.builder()
                .nodes(0)
                .certificateLife(LIFE)
                .apiServer(ApiServer.onPort(0))
                .start()) {
            JoinInvitation invitation = cluster.invite(Duration.ofHours(1));
            URI api = URI.create(invitation.server());
            NodeServer.Open[] port = new NodeServer.Open[1];
            try (JoinedNode node = JoinedNode.named("w1", api)
                    .token(invitation.token())
                    .authority(invitation.authority())
                    .directory(folder)
                    .podGrace(Duration.ofSeconds(1))
                    .nodeServer(served -> port[0] = NodeServer.onPort(0).open(served))
                    .start()) {
                Client admin = cluster.client();
                admin.create(Pod.named("box")
                        .container("main", "any", c -> c.command("sh", "-c", "echo begun; exec sleep 1000"))
                        .build());
                admin.pods().awaitReady("box", PATIENCE);

                List<Callable<X509Certificate>> places = List.of(
                        () -> shownAt(api.getPort()), () -> shownAt(port[0].port()), () -> kept("kubelet-client"));
                List<X509Certificate> before = all(places);
                Instant over = before.stream()
                        .map(each -> each.getNotAfter().toInstant())
                        .max(Instant::compareTo)
                        .orElseThrow()
                        .plus(LIFE);
                await().atMost(PATIENCE).until(() -> Instant.now().isAfter(over));

                eventually(() -> {
                    List<X509Certificate> after = all(places);
                    assertThat(after).doesNotContainAnyElementsOf(before);
                    assertThat(after).allSatisfy(X509Certificate::checkValidity);
                });
                eventually(
                        () -> assertThat(admin.pods().logText("box", PATIENCE)).isEqualTo("begun\n"));
                eventually(() -> assertThat(admin.pods()
                                .run("box", PATIENCE, "sh", "-c", "echo inside")
                                .stdout())
                        .isEqualTo("inside\n"));
                eventually(() -> assertThat(
                                node.client().nodes().get("w1").metadata().name())
                        .isEqualTo("w1"));
                Kubeconfig lasting = cluster.apiServer().orElseThrow().adminKubeconfig();
                assertThat(lasting.identity().certificate().getNotAfter().toInstant())
                        .isAfter(Instant.now().plus(Duration.ofDays(300)));
                Path file = folder.resolve("kubeconfig");
                Files.writeString(file, lasting.toYaml());
                try (Client stranger = Client.fromKubeconfig(file)) {
                    stranger.create(ConfigMap.named("written").build());
                }
                admin.pods().delete("box");
                admin.pods().awaitGone("box", PATIENCE);
            }
        }
    }

    /** A certificate whose renewal waited for a busy processor has ended for a moment: whoever met that asks again. */
    private static void eventually(ThrowingRunnable asked) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(asked);
    }

    private static List<X509Certificate> all(List<Callable<X509Certificate>> places) throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        for (Callable<X509Certificate> place : places) {
            all.add(place.call());
        }
        return all;
    }

    private X509Certificate kept(String name) throws Exception {
        try (var in = Files.newInputStream(folder.resolve("pki").resolve(name + "-current.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static X509Certificate shownAt(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
