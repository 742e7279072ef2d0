package io.orchestrator.core.patch.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.PatchException;
import io.orchestrator.core.schema.Schemas;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
    private static final Time NOW = Time.of(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Time LATER = Time.of(Instant.parse("2026-01-02T00:00:00Z"));
    private static final String WEB = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 3
          template:
            spec:
              containers:
              - {name: web, image: nginx, ports: [{containerPort: 80}]}
        """;

    private final ServerSideApply apply = new ServerSideApply(new ObjectCodec(new Schemas()));

    @Test
    void anApplierOwnsWhatItSays() {
        Deployment web = apply(null, WEB, "kubectl", false);
        assertThat(fields(web, "kubectl"))
                .isEqualTo("{\"f:metadata\":{\"f:labels\":{\"f:app\":{}}},\"f:spec\":{\"f:replicas\":{},\"f:template\":"
                        + "{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"web\\\"}\":{\".\":{},\"f:image\":{},"
                        + "\"f:name\":{},\"f:ports\":{\"k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":"
                        + "{\".\":{},\"f:containerPort\":{}}}}}}}}}");
        ManagedFieldsEntry entry = web.metadata().managedFields().get(0);
        assertThat(entry.operation()).isEqualTo("Apply");
        assertThat(entry.apiVersion()).isEqualTo("apps/v1");
        assertThat(entry.time()).isEqualTo(NOW);
    }

    @Test
    void aWriterOwnsWhatItChanged() {
        Deployment created = track(null, read(WEB), "kubectl-create");
        assertThat(fields(created, "kubectl-create"))
                .startsWith(
                        "{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},\"f:spec\":{\"f:replicas\":{},\"f:template\":"
                                + "{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"web\\\"}\":{\".\":{},\"f:image\":{}");
        Deployment scaled = track(created, read(created, WEB.replace("replicas: 3", "replicas: 5")), "kubectl-scale");
        assertThat(fields(scaled, "kubectl-scale")).isEqualTo("{\"f:spec\":{\"f:replicas\":{}}}");
        assertThat(fields(scaled, "kubectl-create")).doesNotContain("f:replicas");
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        Deployment web = apply(null, WEB, "kubectl", false);
        Decoded<Deployment> again = apply.apply(
                web, WEB, AppliedKind.ofRecord(Deployment.TYPE), FieldWriter.named("kubectl"), false, LATER);
        assertThat(again.value()).isEqualTo(web);
        assertThat(track(web, web, "somebody")).isEqualTo(web);
    }

    @Test
    void anotherOwnersValueIsAConflict() {
        Deployment web = track(null, read(WEB), "kubectl");
        assertThatThrownBy(() -> apply(web, WEB.replace("replicas: 3", "replicas: 4"), "ci", false))
                .isInstanceOfSatisfying(ApplyConflictException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(e.causes())
                            .containsExactly(new Cause(
                                    "FieldManagerConflict",
                                    ".spec.replicas",
                                    "conflict with \"kubectl\" using apps/v1"));
                })
                .hasMessage("Apply failed with 1 conflict: conflict with \"kubectl\" using apps/v1: .spec.replicas");
        assertThatThrownBy(() -> apply(
                        web,
                        WEB.replace("replicas: 3", "replicas: 4").replace("image: nginx", "image: httpd"),
                        "ci",
                        false))
                .hasMessage(
                        "Apply failed with 2 conflicts: conflicts with \"kubectl\" using apps/v1:\n- .spec.replicas\n"
                                + "- .spec.template.spec.containers[name=\"web\"].image");
    }

    @Test
    void forceTakesOver() {
        Deployment web = track(null, read(WEB), "kubectl");
        Deployment forced = apply(web, WEB.replace("replicas: 3", "replicas: 4"), "ci", true);
        assertThat(forced.spec().replicas()).isEqualTo(4);
        assertThat(fields(forced, "kubectl")).doesNotContain("f:replicas");
        assertThat(fields(forced, "ci")).contains("f:replicas");
    }

    @Test
    void theSameValueIsShared() {
        Deployment web = apply(null, WEB, "kubectl", false);
        Deployment shared = apply(web, WEB, "ci", false);
        assertThat(fields(shared, "ci")).isEqualTo(fields(shared, "kubectl"));
        Deployment left = apply(shared, minimal("{}"), "ci", false);
        assertThat(left.spec().replicas()).as("the other still wants it").isEqualTo(3);
        Deployment gone = apply(left, minimal("{}"), "kubectl", false);
        assertThat(gone.spec().replicas()).as("now nobody does").isNull();
        assertThat(gone.spec().template().spec().containers()).isEmpty();
        assertThat(gone.metadata().labels()).isEmpty();
        assertThat(fields(gone, "kubectl")).isEqualTo("{\"f:spec\":{}}");
    }

    @Test
    void whatIsNoLongerAppliedGoesAndTheRestStays() {
        Deployment web = apply(null, WEB, "kubectl", false);
        Deployment labelled = track(
                web,
                web.with(d -> d.metadata(web.metadata().with(m -> m.labels(Map.of("app", "web", "tier", "front"))))),
                "labeller");
        Deployment two = apply(
                labelled,
                WEB.replace("  - {name: web", "  - {name: side, image: s}\n      - {name: web"),
                "kubectl",
                false);
        assertThat(two.spec().template().spec().containers())
                .extracting(Container::name)
                .containsExactly("side", "web");
        Deployment one = apply(two, WEB.replace(", labels: {app: web}", ""), "kubectl", false);
        assertThat(one.spec().template().spec().containers())
                .extracting(Container::name)
                .containsExactly("web");
        assertThat(one.metadata().labels()).containsOnlyKeys("tier");
    }

    @Test
    void anItemThatSomebodyElseUsesKeepsItsKey() {
        Deployment web = apply(null, WEB, "kubectl", false);
        Deployment both =
                apply(web, minimal("{template: {spec: {containers: [{name: web, workingDir: /x}]}}}"), "ci", false);
        Deployment left = apply(both, minimal("{}"), "kubectl", false);
        Container container = left.spec().template().spec().containers().get(0);
        assertThat(container.name()).isEqualTo("web");
        assertThat(container.workingDir()).isEqualTo("/x");
        assertThat(container.image()).isEmpty();
    }

    @Test
    void anotherSpellingOfAnAmountIsNoChange() {
        String pod = "{template: {spec: {containers: [{name: web, resources: {limits: {cpu: %s}}}]}}}";
        Deployment half = track(null, read(minimal(pod.formatted("500m"))), "kubectl");
        assertThat(apply(half, minimal(pod.formatted("0.5")), "ci", false).spec())
                .isEqualTo(half.spec());
    }

    @Test
    void objectsFromBeforeAnybodyCountedBelongToTheirMaker() {
        assertThatThrownBy(() -> apply(read(WEB), WEB.replace("replicas: 3", "replicas: 4"), "ci", false))
                .hasMessageContaining("conflict with \"before-first-apply\" using apps/v1: .spec.replicas");
    }

    @Test
    void mapsOfTextHaveAnOwnerPerKey() {
        String head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: ";
        ConfigMap first = applied(null, head + "{a: \"1\"}", ConfigMap.class, "one");
        ConfigMap both = applied(first, head + "{b: \"2\"}", ConfigMap.class, "two");
        assertThat(both.data()).containsOnlyKeys("a", "b");
        ConfigMap rest = applied(both, head + "{}", ConfigMap.class, "one");
        assertThat(rest.data()).containsOnlyKeys("b");
    }

    @Test
    void portsAreToldApartByProtocolToo() {
        String head = "apiVersion: v1\nkind: Service\nmetadata: {name: dns}\nspec: {ports: [%s]}";
        Service udp = applied(null, head.formatted("{port: 53, protocol: UDP, name: u}"), Service.class, "one");
        Service both = applied(udp, head.formatted("{port: 53, name: t}"), Service.class, "two");
        assertThat(both.spec().ports()).hasSize(2);
    }

    @Test
    void theStatusIsAppliedThroughItsOwnDoor() {
        Deployment web = apply(null, WEB, "kubectl", false);
        String body = minimal("{replicas: 9}") + "status: {replicas: 2}\n";
        Deployment ignored = apply(web, body, "status-writer", true);
        assertThat(ignored.status().replicas()).isZero();
        Deployment written = apply.apply(
                        web,
                        body,
                        AppliedKind.ofRecord(Deployment.TYPE),
                        new FieldWriter("status-writer", "status"),
                        false,
                        NOW)
                .value();
        assertThat(written.status().replicas()).isEqualTo(2);
        assertThat(written.spec().replicas()).isEqualTo(3);
        assertThat(fields(written, "status-writer")).isEqualTo("{\"f:status\":{\"f:replicas\":{}}}");
    }

    @Test
    void whatIsNoApplyIsRefused() {
        assertThatThrownBy(() -> apply(null, "[]", "kubectl", false)).isInstanceOf(PatchException.class);
        assertThatThrownBy(() -> apply(null, WEB.replace("kind: Deployment", "kind: Pod"), "kubectl", false))
                .isInstanceOf(PatchException.class);
        assertThatThrownBy(() -> apply(null, WEB.replace("{name: web, image", "{image"), "kubectl", false))
                .hasMessageContaining("omits key field \"name\"");
        assertThatThrownBy(() -> apply(
                        null,
                        WEB.replace("{name: web, labels", "{managedFields: [{manager: x}], name: web, labels"),
                        "k",
                        false))
                .hasMessage("metadata.managedFields must be nil");
    }

    @Test
    void aWriterMayMendTheAccountAndAnEmptyOneLeavesItAsItIs() {
        Deployment made = track(null, read(WEB), "kubectl-client-side-apply");
        ManagedFieldsEntry entry = made.metadata().managedFields().get(0);
        ManagedFieldsEntry moved = new ManagedFieldsEntry(
                "kubectl", "Apply", entry.apiVersion(), entry.time(), entry.fieldsType(), entry.fieldsV1(), "");
        Deployment mended = track(made, withManagedFields(made, moved), "kubectl");
        assertThat(mended.metadata().managedFields()).containsExactly(moved);
        assertThat(apply(mended, WEB.replace("replicas: 3", "replicas: 4"), "kubectl", false)
                        .spec()
                        .replicas())
                .isEqualTo(4);

        assertThat(track(mended, withManagedFields(mended), "somebody")).isEqualTo(mended);
        ManagedFieldsEntry empty = new ManagedFieldsEntry("", "", "", null, "", null, "");
        assertThat(track(mended, withManagedFields(mended, empty), "somebody")
                        .metadata()
                        .managedFields())
                .isEmpty();
    }

    private static Deployment withManagedFields(Deployment object, ManagedFieldsEntry... entries) {
        return object.withMetadata(object.metadata().withManagedFields(List.of(entries)));
    }

    @Test
    void manyWritersBecomeAncientChanges() {
        Deployment web = track(null, read(WEB), "maker");
        for (int i = 0; i < 30; i++) {
            int replicas = 10 + i;
            Deployment before = web;
            String label = "l" + i;
            web = track(
                    before,
                    before.with(d -> d.metadata(before.metadata().with(m -> m.annotations(Map.of(label, "x"))))
                            .spec(before.spec().with(s -> s.replicas(replicas)))),
                    "writer-" + i);
        }
        assertThat(web.metadata().managedFields()).hasSizeLessThanOrEqualTo(11);
    }

    private static String minimal(String spec) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: " + spec + "\n";
    }

    private Deployment apply(@Nullable Deployment live, String body, String manager, boolean force) {
        return apply.apply(live, body, AppliedKind.ofRecord(Deployment.TYPE), FieldWriter.named(manager), force, NOW)
                .value();
    }

    private <T extends Resource> T applied(@Nullable T live, String body, Class<T> type, String manager) {
        return apply.apply(
                        live, body, AppliedKind.ofRecord(ResourceType.of(type)), FieldWriter.named(manager), false, NOW)
                .value();
    }

    private Deployment track(@Nullable Deployment live, Deployment written, String manager) {
        return apply.track(live, written, AppliedKind.ofRecord(Deployment.TYPE), FieldWriter.named(manager), NOW);
    }

    private static Deployment read(String text) {
        return (Deployment) Manifests.builtIn().read(text).get(0);
    }

    private static Deployment read(Deployment before, String text) {
        Deployment after = read(text);
        return after.with(d -> d.metadata(
                after.metadata().with(m -> m.managedFields(before.metadata().managedFields()))));
    }

    private static String fields(Deployment object, String manager) {
        return object.metadata().managedFields().stream()
                .filter(entry -> entry.manager().equals(manager))
                .map(entry -> Objects.requireNonNull(entry.fieldsV1()).json())
                .findFirst()
                .orElse("");
    }
}
