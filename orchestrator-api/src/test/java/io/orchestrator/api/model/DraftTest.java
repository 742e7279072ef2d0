package io.orchestrator.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStrategyType;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Probe;
import io.orchestrator.api.model.core.RestartPolicy;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceType;
import io.orchestrator.api.model.core.TaintEffect;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DraftTest {
    @Test
    void aPodIsWrittenDownInOneBreath() {
        Pod pod = Pod.named("web")
                .namespace("shop")
                .label("app", "web")
                .container(
                        "web",
                        "nginx:1.27",
                        c -> c.port("http", 80)
                                .memory("64Mi")
                                .request("cpu", "100m")
                                .env("A", "b")
                                .envFromField("IP", "status.podIP")
                                .envFromConfigMap("COLOR", "settings", "color")
                                .envFromSecret("TOKEN", "keys", "token")
                                .envFromSecret("all-keys")
                                .command("nginx", "-g")
                                .args("daemon off;")
                                .mountReadOnly("conf", "/etc/nginx")
                                .readinessProbe(p -> p.httpGet("/", 80).every(Duration.ofSeconds(1)))
                                .livenessProbe(p -> p.exec("true").failureThreshold(5)))
                .initContainer("setup", "busybox", c -> c.command("true"))
                .configMap("conf", "nginx-conf")
                .emptyDir("tmp")
                .nodeSelector("disk", "ssd")
                .restartPolicy(RestartPolicy.ON_FAILURE)
                .gracePeriod(Duration.ofSeconds(5))
                .spec(spec -> spec.hostNetwork(true))
                .build();

        assertThat(pod.metadata().namespace()).isEqualTo("shop");
        assertThat(pod.metadata().labels()).containsExactly(Map.entry("app", "web"));
        Container web = pod.spec().containers().get(0);
        assertThat(web.ports()).singleElement().satisfies(port -> {
            assertThat(port.name()).isEqualTo("http");
            assertThat(port.containerPort()).isEqualTo(80);
        });
        assertThat(web.resources().limits()).containsExactly(Map.entry("memory", Quantity.parse("64Mi")));
        assertThat(web.resources().requests()).containsOnlyKeys("memory", "cpu");
        assertThat(web.env()).extracting("name").containsExactly("A", "IP", "COLOR", "TOKEN");
        assertThat(web.envFrom()).hasSize(1);
        assertThat(web.command()).containsExactly("nginx", "-g");
        assertThat(web.volumeMounts()).singleElement().matches(mount -> mount.readOnly());
        Probe readiness = web.readinessProbe();
        assertThat(readiness.httpGet().port()).isEqualTo(IntOrString.of(80));
        assertThat(readiness.periodSeconds()).isEqualTo(1);
        assertThat(pod.spec().initContainers()).extracting(Container::name).containsExactly("setup");
        assertThat(pod.spec().volumes()).extracting("name").containsExactly("conf", "tmp");
        assertThat(pod.spec().terminationGracePeriodSeconds()).isEqualTo(5);
        assertThat(pod.spec().hostNetwork()).isTrue();
        assertThat(pod.isReady()).isFalse();
    }

    @Test
    void aDeploymentSelectsItsPodsByItsName() {
        Deployment deployment = Deployment.named("web")
                .replicas(3)
                .label("tier", "front")
                .podAnnotation("note", "x")
                .container("web", "nginx:1.27", c -> c.port(80).memory("64Mi"))
                .maxSurge("25%")
                .maxUnavailable(0)
                .minReady(Duration.ofSeconds(3))
                .build();

        assertThat(deployment.spec().replicas()).isEqualTo(3);
        assertThat(deployment.spec().selector().matchLabels()).containsExactly(Map.entry("app", "web"));
        assertThat(deployment.spec().template().metadata().labels())
                .containsExactly(Map.entry("app", "web"), Map.entry("tier", "front"));
        assertThat(deployment.metadata().labels()).containsKeys("app", "tier");
        assertThat(deployment.metadata().annotations()).isEmpty();
        assertThat(deployment.spec().strategy().type()).isEqualTo(DeploymentStrategyType.ROLLING_UPDATE);
        assertThat(deployment.spec().strategy().rollingUpdate().maxSurge()).isEqualTo(IntOrString.of("25%"));
        assertThat(deployment.spec().strategy().rollingUpdate().maxUnavailable())
                .isEqualTo(IntOrString.of(0));
        assertThat(deployment
                        .spec()
                        .selector()
                        .matches(deployment.spec().template().metadata().labels()))
                .isTrue();
    }

    @Test
    void aServiceLeadsItsPortToThePods() {
        Service service = Service.named("web")
                .selects("app", "web")
                .port(80)
                .targetPort("http")
                .nodePort(30080)
                .build();
        assertThat(service.spec().type()).isEqualTo(ServiceType.NODE_PORT);
        assertThat(service.spec().ports()).singleElement().satisfies(port -> {
            assertThat(port.port()).isEqualTo(80);
            assertThat(port.targetPort()).isEqualTo(IntOrString.of("http"));
            assertThat(port.nodePort()).isEqualTo(30080);
        });
        assertThat(Service.named("db")
                        .selects("app", "db")
                        .port(5432)
                        .headless()
                        .build()
                        .spec()
                        .clusterIP())
                .isEqualTo("None");
        assertThat(Service.named("out")
                        .externalName("example.com")
                        .build()
                        .spec()
                        .type())
                .isEqualTo(ServiceType.EXTERNAL_NAME);
    }

    @Test
    void theSmallKindsHaveDraftsToo() {
        ConfigMap settings = ConfigMap.named("x").data("k", "v").immutable().build();
        assertThat(settings.data()).containsExactly(Map.entry("k", "v"));
        assertThat(settings.immutable()).isTrue();
        Secret secret = Secret.named("x").data("k", "v").build();
        assertThat(secret.data().get("k").asUtf8()).isEqualTo("v");
        assertThat(Namespace.named("x").label("a", "b").build().metadata().name())
                .isEqualTo("x");
        Node node = Node.named("n1")
                .capacity("cpu", "4")
                .taint("k", "v", TaintEffect.NO_SCHEDULE)
                .build();
        assertThat(node.status().allocatable()).containsExactly(Map.entry("cpu", Quantity.of(4)));
        assertThat(Job.named("once")
                        .container("c", "busybox")
                        .build()
                        .spec()
                        .template()
                        .spec()
                        .restartPolicy())
                .isEqualTo(RestartPolicy.NEVER);
        assertThat(StatefulSet.named("db")
                        .service("db")
                        .replicas(2)
                        .container("db", "pg")
                        .build()
                        .spec()
                        .serviceName())
                .isEqualTo("db");
    }

    @Test
    void aDraftCanBuildMoreThanOnceAndGoOn() {
        var draft = Pod.named("a").container("c", "x");
        Pod first = draft.build();
        Pod second = draft.container("d", "y").build();
        assertThat(first.spec().containers()).hasSize(1);
        assertThat(second.spec().containers()).hasSize(2);
    }

    @Test
    void anOwnedObjectKnowsItsController() {
        Deployment owner =
                Deployment.named("web").metadata(meta -> meta.uid("u1")).build();
        Pod pod = Pod.named("a").ownedBy(Deployment.TYPE, owner).build();
        assertThat(pod.metadata().isControlledBy(owner)).isTrue();
        assertThat(pod.metadata().controller()).hasValueSatisfying(reference -> {
            assertThat(reference.apiVersion()).isEqualTo("apps/v1");
            assertThat(reference.kind()).isEqualTo("Deployment");
        });
    }
}
