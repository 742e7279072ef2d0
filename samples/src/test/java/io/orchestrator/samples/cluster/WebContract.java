package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
    /** Of what runs a program for each try. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** A multiple of every number of pods. */
    private static final int REQUESTS = 300;

    @TempDir
    Path folder;

    abstract String runtime();

    /** Kills the pod's container without asking the cluster. */
    abstract void killContainerOf(String pod) throws Exception;

    /** All that the cluster of this pod has on this machine: containers, networks, processes. To be asked before the pod goes. */
    abstract Presence presenceBy(String podUid) throws Exception;

    /** What a cluster has, whenever it is asked. */
    interface Presence {
        Set<String> now() throws Exception;
    }

    @Test
    void theDemoIsServedScaledHealedRolledAndTakenDown() throws Exception {
        Presence presence;
        try (Launched launched = Launched.up(folder, "--runtime", runtime(), "--demo")) {
            launched.untilItSays("the demo is up");
            Kubectl kubectl = launched.kubectl(folder);
            assertThat(kubectl.run("get", "nodes", "--no-headers"))
                    .hasLineCount(3)
                    .doesNotContain("NotReady");
            presence =
                    presenceBy(kubectl.run("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].metadata.uid}"));
            assertThat(presence.now()).hasSizeGreaterThanOrEqualTo(3);
            Web web = service(kubectl);
            assertEachHasItsShare(kubectl, web, 3);
            assertEachHasItsShare(kubectl, nodePort(kubectl), 3);

            kubectl.run("scale", "deployment/web", "--replicas=5");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=60s");
            assertEachHasItsShare(kubectl, web, 5);

            killContainerOf(kubectl.run("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].metadata.name}"));
            await().atMost(PATIENCE)
                    .pollInterval(BETWEEN_TRIES)
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
                    .pollInterval(BETWEEN_TRIES)
                    .untilAsserted(() -> assertThat(kubectl.run("get", "pods")).contains("No resources found"));

            assertThat(launched.terminate()).isZero();
        }
        assertThat(presence.now()).isEmpty();
    }

    /**
     * User space leads to the pods in turn, so that each has exactly as many requests as any other. Rules draw one for each request:
     * each pod's number is that of the binomial distribution, and further than six standard deviations off once in half a billion
     * times.
     */
    private static void assertEachHasItsShare(Kubectl kubectl, Web web, int pods) throws Exception {
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() -> assertThat(web.shares(20 * pods)).hasSize(pods));
        double expected = REQUESTS / (double) pods;
        boolean inTurn = kubectl.run(
                        "get",
                        "nodes",
                        "-o",
                        "jsonpath={.items[0].status.conditions[?(@.type==\"ServiceProxyReady\")].reason}")
                .strip()
                .equals("UserSpace");
        double deviation = inTurn ? 0 : Math.sqrt(expected * (1 - 1.0 / pods));
        assertThat(web.shares(REQUESTS))
                .hasSize(pods)
                .allSatisfy((pod, share) -> assertThat((double) share).isCloseTo(expected, within(6 * deviation)));
    }

    private static Web service(Kubectl kubectl) throws Exception {
        return new Web(kubectl.run("get", "service/web", "-o", "jsonpath={.spec.clusterIP}"), 8080);
    }

    private static Web nodePort(Kubectl kubectl) throws Exception {
        String port = kubectl.run("get", "service/web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        return new Web("127.0.0.1", Integer.parseInt(port));
    }
}
