package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flow schemas and levels of priority: what a cluster begins with, and that the server follows them. */
@Timeout(240)
class FlowControlTest {
    private static final String FLOWS = "/apis/flowcontrol.apiserver.k8s.io/v1";
    private static final String JSON = "application/json";

    private static ServedCluster served;
    private static FlowTable table;

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0));
        Client client = served.client();
        table = FlowTable.of(
                client.resources(FlowSchema.TYPE).list().items(),
                client.resources(PriorityLevelConfiguration.TYPE).list().items());
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kubernetes-admin                           | system:masters         | list   | /api/v1/pods                                  | exempt
        jane                                       | system:authenticated   | get    | /readyz                                       | exempt
        system:node:a                              | system:nodes           | update | /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/a | node-high
        system:node:a                              | system:nodes           | patch  | /api/v1/nodes/a/status                        | node-high
        system:node:a                              | system:nodes           | list   | /api/v1/pods                                  | system
        system:kube-scheduler                      | system:authenticated   | update | /apis/coordination.k8s.io/v1/namespaces/kube-system/leases/s | leader-election
        system:kube-scheduler                      | system:authenticated   | list   | /api/v1/pods                                  | workload-high
        system:serviceaccount:kube-system:job      | system:serviceaccounts | get    | /api/v1/pods                                  | workload-high
        system:serviceaccount:default:bot          | system:serviceaccounts | get    | /api/v1/namespaces/default/pods/a             | workload-low
        jane                                       | system:authenticated   | create | /api/v1/namespaces/default/pods               | global-default
        """)
    void requestsBelongWhereKubernetesSuggests(String user, String group, String verb, String path, String level) {
        UserInfo who = new UserInfo(user, "", List.of(group), Map.of());
        assertThat(table.kind(who, verb, RequestPath.parse(path)).level()).isEqualTo(level);
    }

    @Test
    void everyAnswerSaysWhereItsRequestBelongs() {
        var answer = served.get("/api/v1/namespaces/default/pods");

        assertThat(answer.header("X-Kubernetes-PF-FlowSchema-UID"))
                .isEqualTo(uid("flowschemas/exempt"))
                .isNotEmpty();
        assertThat(answer.header("X-Kubernetes-PF-PriorityLevel-UID"))
                .isEqualTo(uid("prioritylevelconfigurations/exempt"))
                .isNotEmpty();
        assertThat(served.get("/api/v1/namespaces/default/pods/missing").header("X-Kubernetes-PF-FlowSchema-UID"))
                .isNotEmpty();
    }

    private static String uid(String object) {
        return served.get(FLOWS + "/" + object).json().at("/metadata/uid").asText();
    }

    @Test
    void usersAreFlowsOfTheirOwn() {
        RequestPath pods = RequestPath.parse("/api/v1/pods");
        UserInfo jane = new UserInfo("jane", "", List.of("system:authenticated"), Map.of());
        UserInfo joe = new UserInfo("joe", "", List.of("system:authenticated"), Map.of());
        assertThat(table.kind(jane, "list", pods).flow())
                .isNotEqualTo(table.kind(joe, "list", pods).flow());
    }

    @Test
    void aSchemaSaysWhetherItsLevelIsThere() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(dangling("catch-all")).isEqualTo("False"));
        String schema = """
            {"metadata":{"name":"mine"},"spec":{"priorityLevelConfiguration":{"name":"mine"},"rules":[{"subjects":
             [{"kind":"User","user":{"name":"jane"}}],"nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]}]}}\
            """;
        assertThat(served.send("POST", FLOWS + "/flowschemas", JSON, schema).code())
                .isEqualTo(201);
        assertThat(served.get(FLOWS + "/flowschemas/mine")
                        .json()
                        .at("/spec/matchingPrecedence")
                        .asInt())
                .isEqualTo(1000);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(dangling("mine")).isEqualTo("True"));
        String level = """
            {"metadata":{"name":"mine"},"spec":{"type":"Limited","limited":{"limitResponse":{"type":"Reject"}}}}\
            """;
        assertThat(served.send("POST", FLOWS + "/prioritylevelconfigurations", JSON, level)
                        .code())
                .isEqualTo(201);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(dangling("mine")).isEqualTo("False"));
    }

    private static String dangling(String schema) {
        JsonNode conditions =
                served.get(FLOWS + "/flowschemas/" + schema).json().at("/status/conditions");
        return conditions.path(0).path("status").asText();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        String schema = """
            {"metadata":{"name":"bad"},"spec":{"matchingPrecedence":1,"priorityLevelConfiguration":{"name":"x"},
             "distinguisherMethod":{"type":"ByChance"},"rules":[{"subjects":[],"resourceRules":
             [{"verbs":["get","*"],"apiGroups":[""],"resources":["pods"]}]}]}}\
            """;
        JsonNode causes =
                served.send("POST", FLOWS + "/flowschemas", JSON, schema).json().at("/details/causes");
        assertThat(causes)
                .extracting(cause -> cause.path("field").asText())
                .contains(
                        "spec.matchingPrecedence",
                        "spec.distinguisherMethod.type",
                        "spec.rules[0].subjects",
                        "spec.rules[0].resourceRules[0].verbs",
                        "spec.rules[0].resourceRules[0].namespaces");
        String level = "{\"metadata\":{\"name\":\"bad\"},\"spec\":{\"type\":\"Exempt\"}}";
        assertThat(served.send("POST", FLOWS + "/prioritylevelconfigurations", JSON, level)
                        .code())
                .isEqualTo(422);
    }
}
