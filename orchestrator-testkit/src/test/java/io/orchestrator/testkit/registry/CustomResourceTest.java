package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.autoscaling.ScaleSpec;
import io.orchestrator.core.schema.DefinitionNames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects of a kind that is defined at run time. */
class CustomResourceTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final ResourceClient<Unstructured> tabs = cluster.client.resources(CronTabs.TYPE);

    @BeforeEach
    void define() {
        cluster.client.create(CronTabs.definition());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void definitionIsServedAsSoonAsItsCreationHasAnswered() {
        CustomResourceDefinition definition =
                cluster.client.resources(CustomResourceDefinition.TYPE).get("crontabs.stable.example.com");

        assertThat(DefinitionNames.isTrue(definition, "Established")).isTrue();
        assertThat(definition.status().acceptedNames().singular()).isEqualTo("crontab");
        assertThat(definition.status().storedVersions()).containsExactly("v1");
        assertThat(tabs.list().items()).isEmpty();
    }

    @Test
    void defaultsOfTheSchemaAreFilledInWhereverTheyLie() {
        Unstructured made =
                tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "ports", List.of(Map.of("name", "web")))));

        assertThat(made.find("spec", "replicas")).contains(1L);
        assertThat(made.find("spec", "ports")).contains(List.of(Map.of("name", "web", "port", 80L)));
        assertThat(made.metadata().generation()).isEqualTo(1);
    }

    @Test
    void unknownFieldsAreDroppedButWhereTheSchemaKeepsThem() {
        Unstructured made = tabs.create(CronTabs.named(
                "a", Map.of("schedule", "* * *", "what", 1, "free", Map.of("any", Map.of("thing", List.of(1.5))))));

        assertThat(made.find("spec", "what")).isEmpty();
        assertThat(made.find("spec", "free", "any", "thing")).contains(List.of(1.5));
        assertThat(cluster.warnings).containsExactly("unknown field \"spec.what\"");
    }

    @Test
    void strictRequestWithUnknownFieldIsRefused() {
        WriteOptions strict = WriteOptions.defaults().validating(FieldValidation.STRICT);
        Unstructured odd = CronTabs.named("a", Map.of("schedule", "* * *", "what", 1));

        assertThatThrownBy(() -> cluster.registry.create(
                        Target.collection(CronTabs.TYPE, "default"), odd, strict, cluster.caller))
                .hasMessageContaining("strict decoding error: unknown field \"spec.what\"");
    }

    @Test
    void nullIsKeptWhereItIsAValueAndCountsAsAbsentElsewhere() {
        Map<String, Object> spec = new java.util.LinkedHashMap<>();
        spec.put("schedule", "* * *");
        spec.put("note", null);
        spec.put("image", null);
        spec.put("port", null);
        Unstructured made = tabs.create(CronTabs.named("a", spec));

        Map<?, ?> kept = (Map<?, ?>) made.find("spec").orElseThrow();
        assertThat(kept.containsKey("note")).isTrue();
        assertThat(kept.containsKey("port")).isFalse();
        assertThat(kept.get("image")).isEqualTo("busybox");
    }

    @Test
    void wrongValuesAreRefusedEachByItsField() {
        Unstructured wrong = CronTabs.named(
                "a",
                Map.of(
                        "schedule",
                        "*",
                        "image",
                        5,
                        "replicas",
                        11,
                        "port",
                        true,
                        "hosts",
                        List.of("a", "b", "a"),
                        "ports",
                        Arrays.asList(Map.of("name", "x"), Map.of("name", "x"), Map.of())));

        assertThatThrownBy(() -> tabs.create(wrong))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(ApiException.class))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.INVALID);
                    assertThat(e.causes())
                            .extracting(cause -> cause.field())
                            .containsExactlyInAnyOrder(
                                    "spec.schedule",
                                    "spec.image",
                                    "spec.replicas",
                                    "spec.port",
                                    "spec.hosts[2]",
                                    "spec.ports[1]",
                                    "spec.ports[2].name");
                });
        assertThatThrownBy(() -> tabs.create(Unstructured.of(CronTabs.TYPE, "b")))
                .hasMessage("CronTab.stable.example.com \"b\" is invalid: spec: Required value");
    }

    @Test
    void statusIsWrittenApartAndDoesNotCountAsAGeneration() {
        tabs.create(CronTabs.named("a").with("status", Map.of("replicas", 9)));
        assertThat(tabs.get("a").find("status")).isEmpty();

        tabs.patchStatus("a", Patch.merge("{\"status\":{\"replicas\":3},\"spec\":{\"image\":\"no\"}}"));
        tabs.patch("a", Patch.merge("{\"status\":{\"replicas\":5},\"spec\":{\"image\":\"yes\"}}"));

        Unstructured now = tabs.get("a");
        assertThat(now.find("status", "replicas")).contains(3L);
        assertThat(now.find("spec", "image")).contains("yes");
        assertThat(now.metadata().generation()).isEqualTo(2);
    }

    @Test
    void scaleReadsAndWritesWhereTheDefinitionSays() {
        tabs.create(CronTabs.named("a"));
        tabs.patchStatus("a", Patch.merge("{\"status\":{\"replicas\":3,\"selector\":\"x=y\"}}"));

        Scale scale = tabs.getSubresource("a", "scale", Scale.class);
        assertThat(scale.status().replicas()).isEqualTo(3);
        assertThat(scale.status().selector()).isEqualTo("x=y");

        tabs.updateSubresource("a", "scale", scale.withSpec(new ScaleSpec(4)));
        assertThat(tabs.get("a").find("spec", "replicas")).contains(4L);
        assertThatThrownBy(() -> tabs.updateSubresource(
                        "a",
                        "scale",
                        scale.withSpec(new ScaleSpec(40))
                                .withMetadata(tabs.get("a").metadata())))
                .hasMessageContaining("should be less than or equal to 10");
    }

    @Test
    void applyMergesKeyedListsAndOwnersConflict() {
        tabs.create(
                CronTabs.named("a", Map.of("schedule", "* * *", "ports", List.of(Map.of("name", "web", "port", 80)))));
        cluster.client
                .as("other")
                .resources(CronTabs.TYPE)
                .apply(body(Map.of("ports", List.of(Map.of("name", "dns", "port", 53)))));

        assertThat((List<?>) tabs.get("a").find("spec", "ports").orElseThrow()).hasSize(2);
        assertThatThrownBy(() -> cluster.client
                        .as("third")
                        .resources(CronTabs.TYPE)
                        .apply(body(Map.of("ports", List.of(Map.of("name", "dns", "port", 54))))))
                .hasMessageContaining(".spec.ports[name=\"dns\"].port");
        assertThatThrownBy(() ->
                        cluster.client.as("third").resources(CronTabs.TYPE).apply(body(Map.of("what", 1))))
                .hasMessageContaining(".spec.what: field not declared in schema");
    }

    private static Unstructured body(Map<String, ?> spec) {
        return Unstructured.of(CronTabs.TYPE, "a").with("spec", spec);
    }

    @Test
    void strategicMergeIsAnUnsupportedMediaType() {
        tabs.create(CronTabs.named("a"));

        assertThatThrownBy(() -> tabs.patch("a", Patch.strategic("{\"spec\":{\"image\":\"x\"}}")))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(ApiException.class))
                .extracting(ApiException::reason)
                .isEqualTo(Reason.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void everyVersionShowsTheSameObjectsUnderItsOwnName() {
        tabs.create(CronTabs.named("a"));
        ResourceClient<Unstructured> beta = cluster.client.resources(CronTabs.BETA);

        assertThat(beta.get("a").apiVersion()).isEqualTo("stable.example.com/v1beta1");
        beta.patch("a", Patch.merge("{\"spec\":{\"extra\":true}}"));

        assertThat(beta.get("a").find("spec", "extra")).contains(true);
        assertThat(tabs.get("a").find("spec", "extra")).isEmpty();
        assertThat(tabs.list().items()).hasSize(1);
    }

    @Test
    void selectableFieldSelectsAndOthersAreRefused() {
        tabs.create(CronTabs.named("a"));
        tabs.create(CronTabs.named("b", Map.of("schedule", "* * *", "image", "nginx")));

        assertThat(tabs.list(ListOptions.all().fields("spec.image=nginx")).items())
                .extracting(tab -> tab.metadata().name())
                .containsExactly("b");
        assertThatThrownBy(() -> tabs.list(ListOptions.all().fields("spec.schedule=x")))
                .hasMessageContaining("field label not supported: spec.schedule");
    }

    @Test
    void stricterSchemaDoesNotLockOutObjectsWhoseOldPartsItWouldRefuse() {
        tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "replicas", 9)));
        redefine(CronTabs.DEFINITION.replace("maximum: 10", "maximum: 5"));

        tabs.patch("a", Patch.merge("{\"spec\":{\"image\":\"new\"}}"));

        assertThatThrownBy(() -> tabs.patch("a", Patch.merge("{\"spec\":{\"replicas\":8}}")))
                .hasMessageContaining("less than or equal to 5");
    }

    @Test
    void storedObjectsGetTheDefaultsOfALaterSchema() {
        tabs.create(CronTabs.named("a"));
        redefine(CronTabs.DEFINITION.replace(
                "schedule: {type: string, minLength: 3}",
                "schedule: {type: string, minLength: 3}\n              zone: {type: string, default: UTC}"));

        assertThat(tabs.get("a").find("spec", "zone")).contains("UTC");
    }

    private void redefine(String yaml) {
        cluster.client
                .resources(CustomResourceDefinition.TYPE)
                .edit(
                        "crontabs.stable.example.com",
                        standing -> standing.withSpec(CronTabs.definition(yaml).spec()));
    }
}
