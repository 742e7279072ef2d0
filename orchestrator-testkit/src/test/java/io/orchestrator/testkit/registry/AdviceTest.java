package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.codec.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever writes what is taken, and probably not meant so, is told what Kubernetes tells. */
class AdviceTest {
    private final RegistryFixture cluster = new RegistryFixture();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void write(String yaml) {
        for (Resource object : Manifests.builtIn().read(yaml)) {
            cluster.client.create(object);
        }
    }

    @Test
    void podsHearOfDeprecatedNamesAndOfWhatTheySayTwice() {
        write("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: my.pod
              annotations:
                seccomp.security.alpha.kubernetes.io/pod: runtime/default
                container.apparmor.security.beta.kubernetes.io/a: unconfined
            spec:
              nodeSelector: {beta.kubernetes.io/os: linux}
              affinity:
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                    - matchExpressions: [{key: failure-domain.beta.kubernetes.io/zone, operator: Exists}]
              hostAliases: [{ip: 10.0.0.1, hostnames: [a]}, {ip: 10.0.0.1, hostnames: [b]}]
              imagePullSecrets: [{name: s}, {name: s}]
              volumes: [{name: old, gitRepo: {repository: x}}]
              containers:
              - name: a
                image: a
                env: [{name: A, value: a}, {name: A, value: b}, {name: B, value: b}, {name: B, value: $(B)c}]
                ports: [{containerPort: 80}, {containerPort: 80, name: again}]
                resources: {limits: {memory: 100m}}
              - {name: b, image: b, ports: [{containerPort: 80, hostPort: 8080}]}
            """);

        assertThat(cluster.warnings)
                .filteredOn(each -> !each.startsWith("metadata.name: "))
                .containsExactly(
                        "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\""
                                + " instead",
                        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                                + ".nodeSelectorTerms[0].matchExpressions[0].key: "
                                + "failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use"
                                + " \"topology.kubernetes.io/zone\" instead",
                        "spec.volumes[0].gitRepo: deprecated in v1.11",
                        "spec.hostAliases[1].ip: duplicate ip \"10.0.0.1\"",
                        "spec.imagePullSecrets[1].name: duplicate name \"s\"",
                        "spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is invalid, must"
                                + " be an integer",
                        "spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is invalid,"
                                + " must be an integer",
                        "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when"
                                + " using apply",
                        "spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]",
                        "spec.containers[1].ports[0]: overlapping port definition with spec.containers[0].ports[0]",
                        "spec.containers[1].ports[0]: overlapping port definition with spec.containers[0].ports[1]",
                        "metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+;"
                                + " use the \"seccompProfile\" field instead",
                        "metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]: deprecated since"
                                + " v1.30; use the \"appArmorProfile\" field instead");
        assertThat(cluster.warnings)
                .anySatisfy(each -> assertThat(each)
                        .startsWith("metadata.name: this is used in the Pod's hostname, which can result in surprising"
                                + " behavior; a DNS label is recommended: ["));
    }

    @Test
    void templatesHearOfItWhenTheyAreMadeAndWhenTheyChange() {
        write("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  nodeSelector: {beta.kubernetes.io/arch: amd64}
                  containers: [{name: a, image: a}]
            """);
        String advice = "spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use"
                + " \"kubernetes.io/arch\" instead";
        assertThat(cluster.warnings).containsExactly(advice);

        cluster.warnings.clear();
        cluster.client
                .deployments()
                .edit("web", each -> each.withMetadata(each.metadata().withLabels(Map.of("a", "b"))));
        assertThat(cluster.warnings).isEmpty();

        cluster.client.resources(Deployment.TYPE).edit("web", AdviceTest::anotherImage);
        assertThat(cluster.warnings).containsExactly(advice);
    }

    private static Deployment anotherImage(Deployment web) {
        var template = web.spec().template();
        var spec = template.spec()
                .withContainers(List.of(template.spec().containers().get(0).withImage("b")));
        return web.withSpec(web.spec().withTemplate(template.withSpec(spec)));
    }

    @Test
    void otherKindsHearOfWhatIsDeprecatedOrWithoutEffect() {
        write("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: old, annotations: {kubernetes.io/ingress.class: nginx}}
            spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: headless}
            spec: {clusterIP: None, sessionAffinity: ClientIP, externalName: a.example, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: claim, annotations: {volume.beta.kubernetes.io/storage-class: fast}}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1500m}}}
            """);

        assertThat(cluster.warnings)
                .containsExactly(
                        "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName'"
                                + " instead",
                        "spec.SessionAffinity is ignored for headless services",
                        "spec.externalName is ignored when spec.type is not \"ExternalName\"",
                        "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
                                + " \"storageClassName\" attribute instead",
                        "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an"
                                + " integer");
    }

    @Test
    void whatIsWellIsNotTalkedAbout() {
        cluster.client.create(
                Pod.named("web").container("web", "nginx", c -> c.port(80)).build());
        cluster.client.create(
                Deployment.named("web").replicas(1).container("web", "nginx").build());

        assertThat(cluster.warnings).isEmpty();
    }
}
