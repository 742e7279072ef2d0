package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on two machines, as far as packets can tell, each with an engine of its own. */
@RequiresRoot
@RequiresDocker
@Timeout(240)
class RoutedPodsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final String IMAGE = "busybox:1.36";
    private static final String TOKEN = "abcdef.0123456789abcdef";

    @TempDir
    Path folder;

    private final List<Launched> launched = new ArrayList<>();
    private List<MachineApart> machines = List.of();
    private Launched plane;
    private Kubectl kubectl;

    @BeforeEach
    void begin() throws Exception {
        machines = MachineApart.two(folder, IMAGE);
        MachineApart first = machines.get(0);
        plane = Launched.controlPlane(
                first.within(),
                folder.resolve("plane"),
                "--store",
                "memory",
                "--runtime",
                "docker",
                "--address",
                first.address(),
                "--join-token",
                TOKEN);
        launched.add(plane);
        plane.untilItSays("to join:");
        kubectl = plane.kubectl(folder).within(first.within());
        launched.add(node("one", machines.get(0), "10.244.1.0/24"));
        launched.add(node("two", machines.get(1), "10.244.2.0/24"));
    }

    private Launched node(String name, MachineApart machine, String subnet) throws IOException {
        String said = plane.output();
        return Launched.node(
                machine.within(),
                folder.resolve(name),
                name,
                "--runtime",
                "docker",
                "--pod-cidr",
                subnet,
                "--join",
                said.replaceAll("(?s).*--join (https://[^ ]+).*", "$1"),
                "--token",
                TOKEN,
                "--ca-cert-hash",
                said.replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1"));
    }

    @AfterEach
    void end() throws Exception {
        for (Launched each : launched) {
            each.close();
        }
        for (MachineApart machine : machines) {
            machine.close();
        }
    }

    @Test
    void podsOfTwoMachinesReachEachOtherByAddressAndByServiceAndSeeWhoAsks() throws Exception {
        apply(pod("server", "one", "mkdir /www; echo hello > /www/index.html; exec httpd -f -vv -p 8080 -h /www"));
        kubectl.run("expose", "pod", "server", "--port=8080");
        String server = address("server", "10.244.1.");
        String service = kubectl.run("get", "service", "server", "-o", "jsonpath={.spec.clusterIP}");
        apply(pod("visitor", "two", ask(server) + ask(service) + "sleep 1000 & wait"));
        String visitor = address("visitor", "10.244.2.");
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() -> assertThat(kubectl.run("logs", "visitor"))
                        .contains(server + " says hello", service + " says hello"));
        // Each engine writes down what its containers say in its own time.
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() -> assertThat(kubectl.run("logs", "server"))
                        .as("who asked, undisguised")
                        .contains(visitor + "]:"));

        assertThat(machines.get(1).routes())
                .contains("10.244.1.0/24 via " + machines.get(0).address());
        assertThat(launched.get(2).terminate()).isZero();
        assertThat(machines.get(1).routes()).as("once the node has ended").doesNotContain("10.244.1.0/24");
    }

    private static String ask(String address) {
        return "until said=$(timeout 3 wget -qO- http://" + address + ":8080/); do sleep 1; done; echo " + address
                + " says $said; ";
    }

    private String address(String pod, String subnet) {
        return await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .until(
                        () -> kubectl.run("get", "pod", pod, "-o", "jsonpath={.status.podIP}"),
                        ip -> ip.startsWith(subnet));
    }

    private static String pod(String name, String node, String script) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, labels: {app: %s}}
            spec:
              nodeSelector: {kubernetes.io/hostname: %s}
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: %s
                command: [sh, -c, "trap 'exit 0' TERM; %s"]
            """.formatted(name, name, node, IMAGE, script);
    }

    private void apply(String manifest) throws Exception {
        Path file = Files.createTempFile(folder, "manifest", ".yaml");
        Files.writeString(file, manifest);
        kubectl.run("apply", "-f", file.toString());
    }
}
