package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.PodStatus;
import io.orchestrator.testkit.junit.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What pods are called, and how they find others by name. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodNameContract {
    private static final String HEADER = "# Kubernetes-managed hosts file.";
    private static final String WHOLE = "busy.sub.default.svc.cluster.local";

    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    @BeforeAll
    final void start() {
        pods = open("podname");
        pods.create(pod("plain", """
                hostAliases: [{ip: 123.45.67.89, hostnames: [foo, bar]}]
                initContainers:
                - {name: one, image: "busybox:1.36", command: [cat, /etc/hosts]}
                - {name: name, image: "busybox:1.36", command: [hostname]}
                containers:
                - {name: two, image: "busybox:1.36", command: [cat, /etc/hosts]}
                - {name: own, image: "busybox:1.36", command: [cat, /etc/hosts], volumeMounts: [{name: hosts, mountPath: /etc/hosts}]}
                volumes: [{name: hosts, hostPath: {path: /etc/hosts, type: File}}]
                """));
        pods.create(pod("named", """
                hostname: busy
                subdomain: sub
                initContainers:
                - {name: name, image: "busybox:1.36", command: [hostname]}
                containers:
                - {name: hosts, image: "busybox:1.36", command: [cat, /etc/hosts]}
                """));
        pods.create(pod("whole", """
                hostname: busy
                subdomain: sub
                setHostnameAsFQDN: true
                containers:
                - {name: name, image: "busybox:1.36", command: [hostname]}
                """));
        pods.create(pod("asking", """
                dnsPolicy: None
                dnsConfig:
                  nameservers: [192.0.2.53]
                  searches: [one.example, two.example]
                  options: [{name: ndots, value: '2'}, {name: edns0}]
                containers:
                - {name: main, image: "busybox:1.36", command: [cat, /etc/resolv.conf]}
                """));
        pods.create(pod("of-node", """
                hostNetwork: true
                hostAliases: [{ip: 123.45.67.89, hostnames: [foo, bar]}]
                initContainers:
                - {name: hosts, image: "busybox:1.36", command: [cat, /etc/hosts]}
                containers:
                - {name: resolver, image: "busybox:1.36", command: [cat, /etc/resolv.conf]}
                """));
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    @Conformance({
        "[sig-node] KubeletManagedEtcHosts should test kubelet managed /etc/hosts file",
        "[sig-node] Kubelet when scheduling an agnhost Pod with hostAliases should write entries to /etc/hosts"
    })
    void theHostsFileIsWrittenByTheAgentExceptWhereSomebodyElseDoes() throws IOException {
        List<String> ofNode = Files.readAllLines(Path.of("/etc/hosts"));
        assertThat(pods.said("plain", "own")).isEqualTo(ofNode);
        String address = pods.ended("plain").status().podIP();
        for (String container : List.of("one", "two")) {
            assertThat(pods.said("plain", container))
                    .startsWith(HEADER)
                    .contains(address + "\tplain", "123.45.67.89\tfoo\tbar");
        }
    }

    @Test
    void aPodOnTheNetworkOfItsNodeFindsWhomThatFinds() throws IOException {
        assertThat(pods.said("of-node", "hosts"))
                .startsWith("# Kubernetes-managed hosts file (host network).")
                .containsAll(Files.readAllLines(Path.of("/etc/hosts")))
                .contains("123.45.67.89\tfoo\tbar");
        List<String> servers = Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
                .filter(line -> line.startsWith("nameserver"))
                .toList();
        assertThat(pods.said("of-node", "resolver")).containsAll(servers);
        PodStatus status = pods.ended("of-node").status();
        assertThat(status.podIP()).isEqualTo(status.hostIP());
    }

    @Test
    void aPodIsCalledWhatItSaysOrWhatItIs() {
        assertThat(pods.said("plain", "name")).containsExactly("plain");
        assertThat(pods.said("named", "name")).containsExactly("busy");
        assertThat(pods.log("named", "hosts"))
                .contains(pods.ended("named").status().podIP() + "\t" + WHOLE + "\tbusy");
        assertThat(pods.said("whole", "name")).containsExactly(WHOLE);
    }

    @Test
    void aPodAsksWhomItSaysThatItAsks() {
        assertThat(pods.said("asking", "main"))
                .contains("nameserver 192.0.2.53", "search one.example two.example", "options ndots:2 edns0")
                .noneMatch(line -> line.startsWith("nameserver") && !line.endsWith(" 192.0.2.53"));
    }
}
