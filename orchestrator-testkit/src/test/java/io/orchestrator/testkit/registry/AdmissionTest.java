package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps of admission that a host adds. */
class AdmissionTest {
    private static final Target<ConfigMap> HERE = Target.collection(ConfigMap.TYPE, "default");

    @Test
    void hostsStepChangesWhatIsWrittenWhoeverWritesIt() {
        Admission labels = Admission.mutating(ConfigMap.TYPE, (map, request) -> labelled(map, "team", "red"));
        try (RegistryFixture cluster = RegistryFixture.admitting(labels)) {
            cluster.client.create(ConfigMap.named("a").data("k", "v").build());
            cluster.client.configMaps().edit("a", map -> labelled(map, "team", "blue"));

            assertThat(cluster.client.configMaps().get("a").metadata().labels()).containsEntry("team", "red");
        }
    }

    @Test
    void refusalSaysWhyInTheWordsOfKubernetesAndNothingIsWritten() {
        Admission check = Admission.validating(ConfigMap.TYPE, request -> {
            throw request.denied("not on a Friday");
        });
        try (RegistryFixture cluster = RegistryFixture.admitting(check)) {
            assertThatThrownBy(() -> cluster.client.create(ConfigMap.named("a").build()))
                    .hasMessage("configmaps \"a\" is forbidden: not on a Friday");

            assertThat(cluster.client.configMaps().find("a")).isEmpty();
        }
    }

    @Test
    void stepSeesOperationStateAndDryRunOfEachRequest() {
        List<String> seen = new ArrayList<>();
        Admission witness = Admission.validating(
                ConfigMap.TYPE,
                request -> seen.add(request.operation() + " " + request.name() + " " + request.dryRun() + " "
                        + (request.current() != null) + (request.object() != null)));
        try (RegistryFixture cluster = RegistryFixture.admitting(witness)) {
            WriteOptions pretend = WriteOptions.defaults().dryRunOnly();
            cluster.registry.create(HERE, ConfigMap.named("a").build(), pretend, cluster.caller);
            cluster.client.create(ConfigMap.named("a").build());
            cluster.client.configMaps().edit("a", map -> labelled(map, "x", "y"));
            cluster.client.configMaps().delete("a", DeleteOptions.defaults());

            assertThat(seen)
                    .containsExactly(
                            "CREATE a true falsetrue",
                            "CREATE a false falsetrue",
                            "UPDATE a false truetrue",
                            "DELETE a false truefalse");
        }
    }

    @Test
    void stepsRunInTheOrderGivenBehindThoseOfKubernetes() {
        Admission first = Admission.mutating(Pod.TYPE, (pod, request) -> {
            assertThat(pod.spec().serviceAccountName()).isEqualTo("default");
            return pod.withMetadata(annotated(pod, "1"));
        });
        Admission second = Admission.mutating(Pod.TYPE, (pod, request) -> pod.withMetadata(annotated(pod, "2")));
        try (RegistryFixture cluster = RegistryFixture.admitting(first, second)) {
            cluster.client.create(Pod.named("a").container("c", "image").build());

            assertThat(cluster.client.pods().get("a").metadata().annotations()).containsEntry("order", "12");
        }
    }

    @Test
    void changeThatChangesNothingIsJudgedAndNotWritten() {
        List<String> judged = new ArrayList<>();
        Admission witness = Admission.validating(
                ConfigMap.TYPE, request -> judged.add(request.operation().name()));
        try (RegistryFixture cluster = RegistryFixture.admitting(witness)) {
            ConfigMap made = cluster.client.create(ConfigMap.named("a").build());

            ConfigMap same = cluster.client.configMaps().update(made);

            assertThat(judged).containsExactly("CREATE", "UPDATE");
            assertThat(same.metadata().resourceVersion())
                    .isEqualTo(made.metadata().resourceVersion());
        }
    }

    @Test
    void connectionsIntoPodsAreJudgedWhoeverMakesThem() {
        List<String> judged = new ArrayList<>();
        Admission guard = new Admission() {
            @Override
            public <T extends Resource> void check(Request<T> request, Lookup lookup) {
                if (request.operation() == Operation.CONNECT) {
                    judged.add(request.subresource() + " " + request.kind().kind() + " " + request.name());
                    throw request.denied("nobody enters");
                }
            }
        };
        try (RegistryFixture cluster = RegistryFixture.admitting(guard)) {
            cluster.client.create(Pod.named("a").container("c", "image").build());
            NodeEndpoint pods = cluster.client.transport().pods();

            assertThat(pods.exec("default", "a", "", ExecSpec.of("ls")))
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("pods \"a\" is forbidden: nobody enters");
            assertThat(pods.attach("default", "a", "c", true)).isCompletedExceptionally();
            assertThat(pods.connect("default", "a", 80)).isCompletedExceptionally();
            assertThat(pods.logs("default", "a", "", false, LogQuery.all())).succeedsWithin(Duration.ZERO);

            assertThat(judged)
                    .containsExactly(
                            "exec PodExecOptions a",
                            "attach PodAttachOptions a",
                            "portforward PodPortForwardOptions a");
        }
    }

    private static ConfigMap labelled(ConfigMap map, String key, String value) {
        return map.withMetadata(ObjectMetaBuilder.builder(map.metadata())
                .labels(Map.of(key, value))
                .build());
    }

    private static io.orchestrator.api.meta.ObjectMeta annotated(Pod pod, String step) {
        String before = pod.metadata().annotations().getOrDefault("order", "");
        return before.endsWith(step)
                ? pod.metadata()
                : ObjectMetaBuilder.builder(pod.metadata())
                        .annotations(Map.of("order", before + step))
                        .build();
    }
}
