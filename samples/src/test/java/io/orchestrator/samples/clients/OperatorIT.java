package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator as people write them with the Java Operator SDK: a custom resource, what depends on it, status, clean-up. */
@Timeout(300)
class OperatorIT {

    @Test
    void anOperatorKeepsWhatItsCustomResourceAsksFor() throws Exception {
        try (ClientCluster cluster = new ClientCluster("operator");
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build()) {
            define(client);
            String namespace = cluster.newNamespace();
            GreetingReconciler reconciler = new GreetingReconciler();
            Operator operator = new Operator(
                    settings -> settings.withKubernetesClient(client).withCloseClientOnStop(false));
            operator.register(reconciler);
            operator.start();
            try {
                Greeting made = client.resource(Greeting.of(namespace, "hello", "world"))
                        .create();
                assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
                awaitGreeting(client, namespace, "hello world");

                client.resource(Greeting.of(namespace, "hello", "moon")).patch();
                awaitGreeting(client, namespace, "hello moon");

                client.configMaps()
                        .inNamespace(namespace)
                        .withName("hello-text")
                        .delete();
                awaitGreeting(client, namespace, "hello moon");

                client.resources(Greeting.class)
                        .inNamespace(namespace)
                        .withName("hello")
                        .delete();
                await().atMost(ClientCluster.PATIENCE)
                        .untilAsserted(() -> assertThat(client.resources(Greeting.class)
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems())
                                .isEmpty());
                assertThat(reconciler.cleaned).hasValue(1);
                await().atMost(ClientCluster.PATIENCE)
                        .untilAsserted(() -> assertThat(client.configMaps()
                                        .inNamespace(namespace)
                                        .withName("hello-text")
                                        .get())
                                .as("what the greeting owned")
                                .isNull());
            } finally {
                operator.stop();
            }
        }
    }

    private static void define(KubernetesClient client) throws IOException {
        try (InputStream file = OperatorIT.class.getResourceAsStream("/clients/greetings.yaml")) {
            client.load(file).serverSideApply();
        }
        await().atMost(ClientCluster.PATIENCE)
                .untilAsserted(() -> assertThat(client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName("greetings.samples.orchestrator.io")
                                .get()
                                .getStatus()
                                .getConditions())
                        .anySatisfy(condition -> {
                            assertThat(condition.getType()).isEqualTo("Established");
                            assertThat(condition.getStatus()).isEqualTo("True");
                        }));
    }

    private static void awaitGreeting(KubernetesClient client, String namespace, String text) {
        await().atMost(ClientCluster.PATIENCE).untilAsserted(() -> {
            ConfigMap map = client.configMaps()
                    .inNamespace(namespace)
                    .withName("hello-text")
                    .get();
            assertThat(map).isNotNull();
            assertThat(map.getData()).containsEntry("text", text);
            Greeting greeting = client.resources(Greeting.class)
                    .inNamespace(namespace)
                    .withName("hello")
                    .get();
            assertThat(greeting.getStatus()).isNotNull();
            assertThat(greeting.getStatus().said).isEqualTo(text);
        });
    }

    /** What a user asks for: a greeting to somebody. */
    @Group("samples.orchestrator.io")
    @Version("v1")
    public static final class Greeting extends CustomResource<GreetingSpec, GreetingStatus> implements Namespaced {
        static Greeting of(String namespace, String name, String whom) {
            Greeting greeting = new Greeting();
            greeting.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(namespace)
                    .withName(name)
                    .build());
            greeting.setSpec(new GreetingSpec());
            greeting.getSpec().whom = whom;
            return greeting;
        }
    }

    /** Its fields as the SDK's users write them. */
    public static final class GreetingSpec {
        public String whom;
    }

    /** What the operator reports. */
    public static final class GreetingStatus {
        public String said;
    }

    /** Writes the greeting into a ConfigMap, which it owns, and reports it. */
    @Workflow(dependents = @Dependent(type = GreetingText.class))
    @ControllerConfiguration
    public static final class GreetingReconciler implements Reconciler<Greeting>, Cleaner<Greeting> {
        final AtomicInteger cleaned = new AtomicInteger();

        @Override
        public UpdateControl<Greeting> reconcile(Greeting greeting, Context<Greeting> context) {
            String text = context.getSecondaryResource(ConfigMap.class)
                    .map(map -> map.getData().get("text"))
                    .orElse("");
            if (greeting.getStatus() != null && text.equals(greeting.getStatus().said)) {
                return UpdateControl.noUpdate();
            }
            greeting.setStatus(new GreetingStatus());
            greeting.getStatus().said = text;
            return UpdateControl.patchStatus(greeting);
        }

        @Override
        public DeleteControl cleanup(Greeting greeting, Context<Greeting> context) {
            cleaned.incrementAndGet();
            return DeleteControl.defaultDelete();
        }
    }

    /** The ConfigMap that depends on the greeting. */
    @KubernetesDependent
    public static final class GreetingText extends CRUDKubernetesDependentResource<ConfigMap, Greeting> {
        @Override
        protected ConfigMap desired(Greeting greeting, Context<Greeting> context) {
            return new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(greeting.getMetadata().getNamespace())
                    .withName(greeting.getMetadata().getName() + "-text")
                    .endMetadata()
                    .withData(Map.of("text", greeting.getMetadata().getName() + " " + greeting.getSpec().whom))
                    .build();
        }
    }
}
