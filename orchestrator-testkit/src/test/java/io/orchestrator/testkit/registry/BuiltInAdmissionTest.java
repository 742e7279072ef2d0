package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.LimitRangeBuilder;
import io.orchestrator.api.model.core.LimitRangeItem;
import io.orchestrator.api.model.core.LimitRangeItemBuilder;
import io.orchestrator.api.model.core.LimitRangeSpec;
import io.orchestrator.api.model.core.LocalObjectReference;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ServiceAccountBuilder;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.api.model.core.VolumeResourceRequirementsBuilder;
import io.orchestrator.api.model.node.OverheadBuilder;
import io.orchestrator.api.model.node.RuntimeClassBuilder;
import io.orchestrator.api.model.scheduling.PriorityClassBuilder;
import io.orchestrator.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The steps of Kubernetes that complete and bound what is created. */
class BuiltInAdmissionTest {
    private final RegistryFixture cluster = new RegistryFixture();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void containersGetWhatTheLimitRangeSaysAndTheirPodSaysWhy() {
        limits(LimitRangeItemBuilder.builder()
                .type("Container")
                .defaults(Map.of("cpu", Quantity.parse("500m"), "memory", Quantity.parse("64Mi")))
                .defaultRequest(Map.of("cpu", Quantity.parse("100m")))
                .build());

        Container container =
                cluster.client.create(pod("web", "1Mi")).spec().containers().get(0);

        assertThat(container.resources().limits())
                .containsEntry("cpu", Quantity.parse("500m"))
                .containsEntry("memory", Quantity.parse("1Mi"));
        assertThat(container.resources().requests()).containsEntry("cpu", Quantity.parse("100m"));
        assertThat(cluster.client.pods().get("web").metadata().annotations())
                .containsEntry(
                        "kubernetes.io/limit-ranger",
                        "LimitRanger plugin set: cpu request for container web; cpu limit for container web");
    }

    @Test
    void aPodIsOfTheClassThatFollowsFromWhatTheLimitRangeGaveIt() {
        assertThat(cluster.client
                        .create(Pod.named("before").container("web", "image").build())
                        .status()
                        .qosClass())
                .isEqualTo("BestEffort");
        Map<String, Quantity> some = Map.of("cpu", Quantity.parse("100m"), "memory", Quantity.parse("64Mi"));
        limits(LimitRangeItemBuilder.builder()
                .type("Container")
                .defaults(some)
                .defaultRequest(some)
                .build());
        assertThat(cluster.client
                        .create(Pod.named("after").container("web", "image").build())
                        .status()
                        .qosClass())
                .isEqualTo("Guaranteed");
    }

    @Test
    void whatIsOutOfBoundsIsForbiddenWithEachBound() {
        limits(LimitRangeItemBuilder.builder()
                .type("Container")
                .max(Map.of("memory", Quantity.parse("1Gi")))
                .min(Map.of("cpu", Quantity.parse("10m")))
                .build());

        Pod pod = Pod.named("web")
                .container("web", "image", c -> c.cpu("5m").memory("2Gi"))
                .build();
        assertThatThrownBy(() -> cluster.client.create(pod))
                .hasMessage("pods \"web\" is forbidden: [minimum cpu usage per Container is 10m, but request is 5m,"
                        + " maximum memory usage per Container is 1Gi, but limit is 2Gi]");
    }

    @Test
    void claimsAreBoundedToo() {
        limits(LimitRangeItemBuilder.builder()
                .type("PersistentVolumeClaim")
                .max(Map.of("storage", Quantity.parse("1Gi")))
                .build());

        assertThatThrownBy(() -> cluster.client.create(claim("data", "2Gi")))
                .hasMessageContaining("maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi");
        assertThat(cluster.client.create(claim("data", "1Gi"))).isNotNull();
    }

    @Test
    void anUpdateThatNamesOnlyItsOwnTolerationsKeepsTheUsualOnes() {
        Toleration own = TolerationBuilder.builder()
                .key("example")
                .operator("Exists")
                .effect("NoSchedule")
                .build();
        Pod made = cluster.client.create(with("web", spec -> spec.tolerations(List.of(own))));
        assertThat(made.spec().tolerations())
                .extracting(Toleration::key)
                .containsExactly("example", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

        Pod applied = cluster.client
                .pods()
                .edit(
                        "web",
                        pod -> pod.withSpec(PodSpecBuilder.builder(pod.spec())
                                .tolerations(List.of(own))
                                .build()));

        assertThat(applied).isEqualTo(made);
    }

    @Test
    void podsTakeTheNumberOfTheirClassOrOfTheDefaultOne() {
        cluster.client.create(PriorityClassBuilder.builder()
                .metadata(ObjectMeta.named("high"))
                .value(1000)
                .preemptionPolicy("Never")
                .build());
        cluster.client.create(PriorityClassBuilder.builder()
                .metadata(ObjectMeta.named("usual"))
                .value(10)
                .globalDefault(true)
                .build());
        cluster.settle();

        Pod high = cluster.client.create(with("a", spec -> spec.priorityClassName("high")));
        Pod usual = cluster.client.create(with("b", spec -> spec));
        Pod critical = cluster.client.create(with("c", spec -> spec.priorityClassName("system-node-critical")));

        assertThat(high.spec().priority()).isEqualTo(1000);
        assertThat(high.spec().preemptionPolicy()).isEqualTo("Never");
        assertThat(usual.spec().priority()).isEqualTo(10);
        assertThat(usual.spec().priorityClassName()).isEqualTo("usual");
        assertThat(critical.spec().priority()).isEqualTo(2_000_001_000);
        forbidden("no PriorityClass with name nope was found", with("d", spec -> spec.priorityClassName("nope")));
        forbidden("priority admission controller computed 10", with("e", spec -> spec.priority(7)));
        assertThatThrownBy(() -> cluster.client.create(PriorityClassBuilder.builder()
                        .metadata(ObjectMeta.named("another"))
                        .globalDefault(true)
                        .build()))
                .hasMessageContaining("PriorityClass usual is already marked as default");
    }

    @Test
    void aNamedServiceAccountMustBeThereAndLendsItsPullSecrets() {
        forbidden(
                "error looking up service account default/bob: serviceaccount \"bob\" not found",
                with("a", spec -> spec.serviceAccountName("bob")));
        cluster.client.create(ServiceAccountBuilder.builder()
                .metadata(ObjectMeta.named("default", "bob"))
                .imagePullSecrets(List.of(new LocalObjectReference("registry")))
                .build());

        Pod pod = cluster.client.create(with("a", spec -> spec.serviceAccountName("bob")));

        assertThat(pod.spec().imagePullSecrets()).containsExactly(new LocalObjectReference("registry"));
        assertThat(pod.spec().serviceAccount()).isEqualTo("bob");
        assertThat(cluster.client.create(with("b", spec -> spec)).spec().serviceAccountName())
                .isEqualTo("default");
    }

    @Test
    void aRuntimeClassMustBeThereAndAddsItsOverhead() {
        forbidden("RuntimeClass \"vm\" not found", with("a", spec -> spec.runtimeClassName("vm")));
        forbidden(
                "Pod Overhead set without corresponding RuntimeClass",
                with("a", spec -> spec.overhead(Map.of("cpu", Quantity.of(1)))));
        cluster.client.create(RuntimeClassBuilder.builder()
                .metadata(ObjectMeta.named("vm"))
                .handler("vm")
                .overhead(OverheadBuilder.builder()
                        .podFixed(Map.of("memory", Quantity.parse("120Mi")))
                        .build())
                .build());

        Pod pod = cluster.client.create(with("a", spec -> spec.runtimeClassName("vm")));

        assertThat(pod.spec().overhead()).containsEntry("memory", Quantity.parse("120Mi"));
    }

    @Test
    void aClaimWithoutAClassGetsTheDefaultOneAndAnEmptyClassIsLeftAlone() {
        cluster.client.create(StorageClassBuilder.builder()
                .metadata(
                        ObjectMeta.named("fast").withAnnotation("storageclass.kubernetes.io/is-default-class", "true"))
                .provisioner("example.com/fast")
                .build());
        cluster.settle();

        assertThat(cluster.client.create(claim("data", "1Gi")).spec().storageClassName())
                .isEqualTo("fast");
        PersistentVolumeClaim none = claim("static", "1Gi");
        PersistentVolumeClaim created =
                cluster.client.create(none.withSpec(PersistentVolumeClaimSpecBuilder.builder(none.spec())
                        .storageClassName("")
                        .build()));
        assertThat(created.spec().storageClassName()).isEmpty();
    }

    private void forbidden(String why, Pod pod) {
        assertThatThrownBy(() -> cluster.client.create(pod))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
    }

    private void limits(LimitRangeItem item) {
        cluster.client.create(LimitRangeBuilder.builder()
                .metadata(ObjectMeta.named("default", "limits"))
                .spec(new LimitRangeSpec(List.of(item)))
                .build());
        cluster.client.pods().list();
        cluster.settle();
    }

    private static Pod pod(String name, String memory) {
        return Pod.named(name).container(name, "image", c -> c.memory(memory)).build();
    }

    private static Pod with(String name, UnaryOperator<PodSpecBuilder> change) {
        Pod pod = Pod.named(name).container(name, "image").build();
        return pod.withSpec(change.apply(PodSpecBuilder.builder(pod.spec())).build());
    }

    private static PersistentVolumeClaim claim(String name, String size) {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMeta.named("default", name))
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of("ReadWriteOnce"))
                        .resources(VolumeResourceRequirementsBuilder.builder()
                                .requests(Map.of("storage", Quantity.parse(size)))
                                .build())
                        .build())
                .build();
    }
}
