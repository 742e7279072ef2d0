package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user does with the demo, from the first manifest to the last deletion. The same on every runtime: a subclass says
 * which, and how a container is killed behind the cluster's back.
 */
abstract class WebContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    abstract String runtime();

    /** Kills the pod's container without asking the cluster. */
    abstract void killContainerOf(String pod) throws Exception;

    /** All that clusters have on this machine: containers, networks, processes. */
    abstract Set<String> present() throws Exception;

    @Test
    void theDemoIsServedScaledHealedRolledAndTakenDown() throws Exception {
        Set<String> before = present();
        try (Launched launched = Launched.up(folder, "--runtime", runtime(), "--demo")) {
            launched.untilItSays("the demo is up");
            Kubectl kubectl = launched.kubectl(folder);
            assertThat(kubectl.run("get", "nodes", "--no-headers"))
                    .hasLineCount(3)
                    .doesNotContain("NotReady");
            Web web = service(kubectl);
            assertThat(web.answers(12)).hasSize(3);
            assertThat(nodePort(kubectl).answers(12)).hasSize(3);

            kubectl.run("scale", "deployment/web", "--replicas=5");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=60s");
            assertThat(web.answers(20)).hasSize(5);

            killContainerOf(kubectl.run("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].metadata.name}"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(kubectl.run(
                                    "get", "pods", "-l", "app=web", "-o", "jsonpath={..restartCount} {..ready}"))
                            .contains("1")
                            .doesNotContain("false"));

            try (Web.Visitor visitor = web.keepAsking()) {
                kubectl.run("set", "image", "deployment/web", "web=nginxinc/nginx-unprivileged:1.28");
                kubectl.run("rollout", "status", "deployment/web", "--timeout=120s");
                kubectl.run("rollout", "undo", "deployment/web");
                kubectl.run("rollout", "status", "deployment/web", "--timeout=120s");
                assertThat(visitor.answered()).isPositive();
                visitor.close();
                assertThat(visitor.failures()).isEmpty();
            }
            assertThat(kubectl.run("rollout", "history", "deployment/web")).contains("2", "3");
            assertThat(kubectl.run("get", "deployment/web", "-o", "jsonpath={..image}"))
                    .endsWith(":1.27");

            kubectl.run("delete", "deployment,service", "web", "backend");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(kubectl.run("get", "pods")).contains("No resources found"));

            assertThat(launched.terminate()).isZero();
        }
        assertThat(present()).isSubsetOf(before);
    }

    private static Web service(Kubectl kubectl) throws Exception {
        return new Web(kubectl.run("get", "service/web", "-o", "jsonpath={.spec.clusterIP}"), 8080);
    }

    private static Web nodePort(Kubectl kubectl) throws Exception {
        String port = kubectl.run("get", "service/web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        return new Web("127.0.0.1", Integer.parseInt(port));
    }
}
