package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.auth.MastersAuthorizer;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.policy.PolicySteps;
import io.orchestrator.core.registry.webhook.ReviewTransport;
import io.orchestrator.core.registry.webhook.Webhooks;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of webhooks shows in no answer: for how long they are asked, and those that no registry would take. */
class WebhooksTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final List<Duration> timeouts = new ArrayList<>();
    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private final Webhooks webhooks = new Webhooks(
            codec,
            cluster.registry::catalog,
            PolicySteps.judge(codec, cluster.registry::catalog, new MastersAuthorizer()),
            this::allow,
            cluster.environment);
    private Duration left = Duration.ofMinutes(1);

    @AfterEach
    void close() {
        cluster.close();
    }

    private byte[] allow(ReviewTransport.Endpoint to, byte[] review, Duration timeout, Admission.Lookup lookup)
            throws ReviewTransport.Failure {
        timeouts.add(timeout);
        if (to.url().endsWith("/fail")) {
            throw new ReviewTransport.Failure("no route to host");
        }
        try {
            String uid = new ObjectMapper().readTree(review).at("/request/uid").asText();
            return ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\""
                            + uid + "\",\"allowed\":true}}")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(String path, String more) {
        webhooks.validating(List.of((ValidatingWebhookConfiguration)
                Manifests.builtIn().read("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: hook}
            webhooks:
            - name: hook.example.com
              admissionReviewVersions: [v1]
              clientConfig: {url: "https://example.com/%s"}
              rules:
              - {apiGroups: [""], apiVersions: [v1], operations: ["*"], resources: [configmaps]}
              %s
            """.formatted(path, more)).get(0)));
    }

    private void ask(WriteOptions options) {
        Caller caller = new Caller("alice", "", List.of(), Map.of(), "test", warning -> {}, () -> left, null);
        webhooks.validating()
                .check(
                        new Admission.Request<>(
                                Admission.Operation.CREATE,
                                ConfigMap.TYPE,
                                ConfigMap.TYPE,
                                ConfigMap.TYPE,
                                "default",
                                "a",
                                "",
                                ConfigMap.named("a").build(),
                                null,
                                null,
                                options,
                                caller),
                        new Nothing());
    }

    /** Finds nothing. */
    private static final class Nothing implements Admission.Lookup {
        @Override
        public <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public <T extends Resource> Optional<T> known(ResourceType<T> type, String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
            return List.of();
        }
    }

    @Test
    void dryRunIsRefusedWhereAWebhookWouldDoSomething() {
        for (String effects : List.of("Some", "Unknown")) {
            register("ok", "sideEffects: " + effects);
            assertThatThrownBy(() -> ask(WriteOptions.defaults().dryRunOnly()))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST))
                    .hasMessage("admission webhook \"hook.example.com\" does not support dry run");
        }
        assertThat(timeouts).isEmpty();
        ask(WriteOptions.defaults());
        for (String effects : List.of("None", "NoneOnDryRun")) {
            register("ok", "sideEffects: " + effects);
            ask(WriteOptions.defaults().dryRunOnly());
        }
        assertThat(timeouts).hasSize(3);
    }

    @Test
    void webhookIsAskedForAsLongAsItMayTakeOrAsItsRequestLasts() {
        register("ok", "timeoutSeconds: 7");
        ask(WriteOptions.defaults());
        left = Duration.ofMillis(1500);
        ask(WriteOptions.defaults());

        assertThat(timeouts).containsExactly(Duration.ofSeconds(7), Duration.ofMillis(1500));
    }

    @Test
    void requestThatHasLastedTooLongFailsEvenWhereFailuresAreIgnored() {
        register("fail", "failurePolicy: Ignore");
        ask(WriteOptions.defaults());
        left = Duration.ZERO;

        assertThatThrownBy(() -> ask(WriteOptions.defaults()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
}
