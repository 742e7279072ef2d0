package io.orchestrator.core.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.Reason;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import io.orchestrator.core.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final JsonTrees TREES = new ObjectCodec(new Schemas()).trees();

    private static Verdict read(String response, boolean mutating) throws Failure {
        String review = "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{"
                + "\"uid\":\"1\"," + response + "}}";
        return Verdict.read(review.getBytes(StandardCharsets.UTF_8), "1", mutating, TREES);
    }

    @Test
    void notesForTheAuditAndWarningsAreKept() throws Failure {
        Verdict verdict = read(
                "\"allowed\":true,\"auditAnnotations\":{\"b\":\"2\",\"a\":\"1\"},\"warnings\":[\"careful\",\"slow\"]",
                false);

        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.auditAnnotations()).containsEntry("a", "1").containsEntry("b", "2");
        assertThat(verdict.warnings()).containsExactly("careful", "slow");
        assertThat(verdict.patch()).isNull();
    }

    @Test
    void refusalHasTheStatusThatTheWebhookGives() throws Failure {
        Verdict verdict = read(
                "\"status\":{\"code\":409,\"reason\":\"Conflict\",\"message\":\"taken\",\"details\":{\"causes\":"
                        + "[{\"reason\":\"Mine\",\"field\":\"spec.x\",\"message\":\"is mine\"}],\"retryAfterSeconds\":7}}",
                false);

        assertThat(verdict.allowed()).as("what is not said is no").isFalse();
        assertThat(verdict.denial("h.example.com"))
                .hasMessage("admission webhook \"h.example.com\" denied the request: taken")
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(e.causes().get(0).field()).isEqualTo("spec.x");
                    assertThat(e.retryAfterSeconds()).isEqualTo(7);
                });
    }

    @Test
    void patchIsReadWhereItMayBe() throws Failure {
        String patch = Base64.getEncoder().encodeToString("[{\"op\":\"remove\",\"path\":\"/a\"}]".getBytes());

        assertThat(read("\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"" + patch + "\"", true)
                        .patch())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"patch\":\"W10=\"                        | true  | response.patch but not response.patchType",
                "\"patchType\":\"JSONPatch\"               | true  | response.patchType but not response.patch",
                "\"patch\":\"W10=\",\"patchType\":\"Merge\"| true  | invalid response.patchType of \"Merge\"",
                "\"patch\":\"?\",\"patchType\":\"JSONPatch\"| true | a patch that cannot be read",
                "\"patchType\":\"JSONPatch\"               | false | may not return response.patchType",
                "\"allowed\":\"yes\"                       | false | response.allowed is no boolean"
            })
    void whatCannotBeUnderstoodIsNoAnswer(String response, boolean mutating, String why) {
        assertThatThrownBy(() -> read(response, mutating))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(why);
    }
}
