package io.orchestrator.samples.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The record is a kind for everybody: in Java by its type, over HTTPS by its definition. */
@Timeout(300)
class CustomResourceApplicationTest {

    @Test
    void applicationDefinesItsKindAndItsControllerAnswers() {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            CustomResourceApplication.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("softly: hello, world");
    }

    @Test
    void clientsThatKnowNoRecordSeeTheSameObjects() {
        try (Cluster cluster = Cluster.builder()
                        .nodes(0)
                        .apiServer(ApiServer.onPort(0))
                        .define(Greeting.class)
                        .controller(GreetingReconciler.spec())
                        .start();
                KubernetesClient fabric8 = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.apiServer()
                                .orElseThrow()
                                .adminKubeconfig()
                                .toYaml()))
                        .build()) {
            var greetings = fabric8.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                            .withGroup("samples.orchestrator.io")
                            .withVersion("v1")
                            .withKind("Greeting")
                            .withPlural("greetings")
                            .withNamespaced(true)
                            .build())
                    .inNamespace("default");
            GenericKubernetesResource greeting = new GenericKubernetesResource();
            greeting.setApiVersion("samples.orchestrator.io/v1");
            greeting.setKind("Greeting");
            greeting.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                    .withName("you")
                    .build());
            greeting.setAdditionalProperty("spec", java.util.Map.of("words", "hey", "tone", "loudly"));
            greetings.resource(greeting).create();

            Greeting answered = cluster.client()
                    .resources(Greeting.TYPE)
                    .await("you", each -> !each.status().said().isEmpty(), "an answer", Duration.ofSeconds(60));
            assertThat(answered.status().said()).isEqualTo("HEY, YOU!");
            GenericKubernetesResource seen = greetings.withName("you").get();
            assertThat(seen.<String>get("status", "said")).isEqualTo("HEY, YOU!");

            seen.setAdditionalProperty("spec", java.util.Map.of("words", "hey", "tone", "never"));
            assertThatThrownBy(() -> greetings.resource(seen).update())
                    .hasMessageContaining("spec.tone: Unsupported value: \"never\"");
            greetings.withName("you").delete();
            assertThat(cluster.client().resources(Greeting.TYPE).find("you")).isEmpty();
        }
    }

    @Test
    void recordThatHasChangedChangesItsDefinition() {
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            cluster.define(Greeting.class);
            cluster.client()
                    .resources(CustomResourceDefinition.TYPE)
                    .edit(
                            "greetings.samples.orchestrator.io",
                            each -> each.withMetadata(ObjectMetaBuilder.builder(each.metadata())
                                    .labels(java.util.Map.of("kept", "yes"))
                                    .build()));
            var greetings = cluster.define(Greeting.class);
            greetings.create(Greeting.to("a", "hello"));

            assertThat(greetings.get("a").spec().tone()).isEqualTo("softly");
            assertThat(cluster.client()
                            .resources(CustomResourceDefinition.TYPE)
                            .get("greetings.samples.orchestrator.io")
                            .metadata()
                            .labels())
                    .containsEntry("kept", "yes");
        }
    }

    @Test
    void definitionThatIsDeletedTakesItsObjectsAlongAndSoDoesANamespace() {
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            var greetings = cluster.define(Greeting.class);
            cluster.client()
                    .create(io.orchestrator.api.model.core.Namespace.named("side")
                            .build());
            greetings.inNamespace("side").create(Greeting.to("b", "hello"));
            greetings.create(Greeting.to("a", "hello"));

            cluster.client().namespaces().delete("side");
            cluster.client().namespaces().awaitGone("side", Duration.ofSeconds(60));
            assertThat(greetings.inAnyNamespace().list().items()).hasSize(1);

            var definitions = cluster.client().resources(CustomResourceDefinition.TYPE);
            definitions.delete("greetings.samples.orchestrator.io");
            definitions.awaitGone("greetings.samples.orchestrator.io", Duration.ofSeconds(60));
            // As in Kubernetes, the path goes a moment after its definition.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThatThrownBy(greetings::list)
                            .hasMessage("the server could not find the requested resource"));
        }
    }

    @Test
    void whatAnObjectOwnsGoesWithItAlsoIfItsKindCameAfterTheStart() {
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            for (String round : List.of("once", "and when the kind is back")) {
                Greeting owner = cluster.define(Greeting.class).create(Greeting.to("owner", "hello"));
                cluster.client()
                        .create(ConfigMapBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .name("owned")
                                        .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                                .apiVersion("samples.orchestrator.io/v1")
                                                .kind("Greeting")
                                                .name("owner")
                                                .uid(owner.metadata().uid())
                                                .build()))
                                        .build())
                                .build());
                cluster.client().resources(Greeting.TYPE).delete("owner");
                cluster.client().configMaps().awaitGone("owned", Duration.ofSeconds(60));

                var definitions = cluster.client().resources(CustomResourceDefinition.TYPE);
                definitions.delete("greetings.samples.orchestrator.io");
                definitions.awaitGone("greetings.samples.orchestrator.io", Duration.ofSeconds(60));
                assertThat(cluster.client().configMaps().find("owned"))
                        .as(round)
                        .isEmpty();
            }
        }
    }
}
