package io.orchestrator.apiserver;

import static io.orchestrator.apiserver.AccessedCluster.RBAC;
import static io.orchestrator.apiserver.AccessedCluster.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may do what, as a stranger's program finds it out: roles, impersonation, reviews, agents. */
@Timeout(240)
class AccessOverHttpTest {
    private static final String JSON = "application/json";

    private static AccessedCluster access;
    private static ServedCluster cluster;

    @BeforeAll
    static void start() {
        access = new AccessedCluster();
        cluster = access.cluster;
    }

    @AfterAll
    static void stop() {
        access.close();
    }

    @Test
    void aRoleAllowsWhatItSaysAndTheRefusalOfTheRestSaysWhoMayNotDoWhat() {
        assertThat(access.as("jane", "/api/v1/namespaces/default/pods").code()).isEqualTo(200);
        refused(
                access.as("jane", "/api/v1/namespaces/kube-system/pods"),
                "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace"
                        + " \"kube-system\"");
        refused(
                access.as("jane", "/apis/apps/v1/namespaces/default/deployments/web"),
                "deployments.apps \"web\" is forbidden: User \"jane\" cannot get resource \"deployments\" in API group"
                        + " \"apps\" in the namespace \"default\"");
        refused(
                access.as("jane", "/api/v1/nodes"),
                "nodes is forbidden: User \"jane\" cannot list resource \"nodes\" in API group \"\" at the cluster"
                        + " scope");
        refused(
                access.as("jane", "/api/v1/namespaces/default/pods/web/log"),
                "pods \"web\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the"
                        + " namespace \"default\"");
        refused(access.as("jane", "/metrics"), "forbidden: User \"jane\" cannot get path \"/metrics\"");
    }

    @Test
    void aRightToOneNameHoldsForThatNameAlone() {
        assertThat(access.as("jane", "/api/v1/namespaces/default/configmaps/mine")
                        .code())
                .isEqualTo(404);
        assertThat(access.as("jane", "/api/v1/namespaces/default/configmaps/other")
                        .code())
                .isEqualTo(403);
        assertThat(access.as("jane", "/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dmine")
                        .code())
                .as("the right is to get, not to list")
                .isEqualTo(403);
    }

    @Test
    void whoMayChangeAndNotCreateCreatesNothingByApplyOrUpdateEither() {
        access.post(RBAC + "/namespaces/default/roles", """
            {"metadata": {"name": "changer"}, "rules": [{"verbs": ["get", "patch", "update"], "apiGroups": [""],
             "resources": ["configmaps", "services"]}]}\
            """);
        access.post(RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "kim-changes"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role",
             "name": "changer"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "kim"}]}\
            """);
        access.post("/api/v1/namespaces/default/configmaps", "{\"metadata\": {\"name\": \"there\"}}");
        AccessedCluster.until(() ->
                access.as("kim", "/api/v1/namespaces/default/configmaps/there").code() == 200);

        assertThat(applyAs("kim", "there").code()).isEqualTo(200);
        refused(
                applyAs("kim", "new"),
                "configmaps \"new\" is forbidden: User \"kim\" cannot create resource \"configmaps\" in API group \"\""
                        + " in the namespace \"default\"");
        assertThat(access.as("kim", "/api/v1/namespaces/default/configmaps/new").code())
                .isEqualTo(404);
    }

    private static Answer applyAs(String user, String name) {
        String body = "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"" + name
                + "\"}, \"data\": {\"a\": \"1\"}}";
        return cluster.send(cluster.to("/api/v1/namespaces/default/configmaps/" + name + "?fieldManager=test")
                .header("Impersonate-User", user)
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void everybodySeesWhatThereIsAndHowItFares() {
        assertThat(access.as("joe", "/apis").code()).isEqualTo(200);
        assertThat(access.as("joe", "/openapi/v3").code()).isEqualTo(200);
        assertThat(cluster.sendAsNobody(cluster.to("/healthz").build()).code()).isEqualTo(200);
        assertThat(cluster.sendAsNobody(cluster.to("/version").build()).code()).isEqualTo(200);
        assertThat(cluster.sendAsNobody(cluster.to("/api").build()).code()).isEqualTo(401);
    }

    @Test
    void reviewsAnswerForOneselfAndForOthersAndAreNotStored() {
        String jane = "\"user\": \"jane\", ";
        String list =
                "\"resourceAttributes\": {\"verb\": \"list\", \"resource\": \"pods\", \"namespace\": \"default\"}";

        JsonNode status =
                access.review("authorization.k8s.io/v1/subjectaccessreviews", "{\"spec\": {" + jane + list + "}}");
        assertThat(status.path("allowed").asBoolean()).isTrue();
        assertThat(status.path("reason").asText())
                .isEqualTo("RBAC: allowed by RoleBinding \"jane-reads/default\" of ClusterRole \"reader\" to User"
                        + " \"jane\"");
        assertThat(access.review(
                                "authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews",
                                "{\"metadata\": {\"namespace\": \"default\"}, \"spec\": {" + jane + list + "}}")
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        assertThat(cluster.send(
                                "POST",
                                "/apis/authorization.k8s.io/v1/namespaces/kube-system/localsubjectaccessreviews",
                                JSON,
                                "{\"spec\": {" + jane + list + "}}")
                        .code())
                .isEqualTo(422);
        assertThat(cluster.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", JSON, "{\"spec\": {}}")
                        .code())
                .isEqualTo(422);
        assertThat(cluster.get("/apis/authorization.k8s.io/v1/subjectaccessreviews")
                        .code())
                .isEqualTo(405);
        assertThat(cluster.get("/apis/authorization.k8s.io/v1").text())
                .contains("selfsubjectrulesreviews")
                .contains("\"verbs\":[\"create\"]");
    }

    @Test
    void impersonationTakesTheRightToEachThingThatIsClaimed() {
        HttpRequest.Builder whoami = cluster.to("/apis/authentication.k8s.io/v1/selfsubjectreviews")
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        JsonNode user = cluster.send(whoami.copy()
                        .header("Impersonate-User", "joe")
                        .header("Impersonate-Group", "dev")
                        .header("Impersonate-Group", "ops")
                        .header("Impersonate-Uid", "42")
                        .header("Impersonate-Extra-acme.com%2Fproject", "x")
                        .build())
                .json()
                .path("status")
                .path("userInfo");
        assertThat(user.toString())
                .isEqualTo("{\"username\":\"joe\",\"uid\":\"42\",\"groups\":[\"dev\",\"ops\",\"system:authenticated\"],"
                        + "\"extra\":{\"acme.com/project\":[\"x\"]}}");

        String token = access.token("bot", "{}");
        Answer refused = cluster.sendAsNobody(cluster.to("/api")
                .header("Authorization", "Bearer " + token)
                .header("Impersonate-User", "joe")
                .build());
        refused(
                refused,
                "users \"joe\" is forbidden: User \"system:serviceaccount:default:bot\" cannot impersonate resource"
                        + " \"users\" in API group \"\" at the cluster scope");
        assertThat(cluster.send(cluster.to("/api")
                                .header("Impersonate-Group", "dev")
                                .build())
                        .code())
                .isEqualTo(400);
    }

    @Test
    void nobodyHandsOutRightsBeyondTheirOwn() {
        access.post(RBAC + "/namespaces/default/roles", """
            {"metadata": {"name": "delegate"}, "rules": [{"verbs": ["get", "list", "create"], "apiGroups": ["rbac.authorization.k8s.io"],
             "resources": ["roles", "rolebindings"]}, {"verbs": ["bind"], "apiGroups": ["rbac.authorization.k8s.io"],
             "resources": ["clusterroles"], "resourceNames": ["view"]}]}\
            """);
        access.post(RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "delegates"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role",
             "name": "delegate"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "dora"}]}\
            """);
        String roles = RBAC + "/namespaces/default/roles";
        AccessedCluster.until(() -> access.as("dora", roles).code() == 200);
        String secrets =
                "{\"metadata\": {\"name\": \"greedy\"}, \"rules\": [{\"verbs\": [\"get\", \"list\"], \"apiGroups\":"
                        + " [\"\"], \"resources\": [\"secrets\"]}]}";

        refused(
                access.postAs("dora", roles, secrets),
                "roles.rbac.authorization.k8s.io \"greedy\" is forbidden: user \"dora\""
                        + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
                        + " held:\n{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}");
        assertThat(access.postAs("dora", roles, """
            {"metadata": {"name": "modest"}, "rules": [{"verbs": ["get"], "apiGroups": ["rbac.authorization.k8s.io"],
             "resources": ["roles"]}]}\
            """).code()).isEqualTo(201);
        assertThat(access.postAs("dora", RBAC + "/namespaces/default/rolebindings", binding("a", "cluster-admin"))
                        .code())
                .isEqualTo(403);
        assertThat(access.postAs("dora", RBAC + "/namespaces/default/rolebindings", binding("b", "no-such-role"))
                        .code())
                .isEqualTo(404);
        assertThat(access.postAs("dora", RBAC + "/namespaces/default/rolebindings", binding("c", "view"))
                        .code())
                .as("dora may bind it")
                .isEqualTo(201);
    }

    @Test
    void aWriteThatNamesALeaseIsRefusedOnceThatOneIsGone() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        String maps = "/api/v1/namespaces/default/configmaps";
        access.post(leases, "{\"metadata\": {\"name\": \"mine\"}}");
        String fence = "default/mine@"
                + cluster.get(leases + "/mine")
                        .json()
                        .at("/metadata/resourceVersion")
                        .asText();
        assertThat(fenced(fence, "POST", maps, "{\"metadata\": {\"name\": \"fenced\"}}")
                        .code())
                .isEqualTo(201);
        assertThat(fenced(
                                fence,
                                "PUT",
                                maps + "/fenced",
                                "{\"metadata\": {\"name\": \"fenced\"}, \"data\": {\"a\": \"b\"}}")
                        .code())
                .isEqualTo(200);

        cluster.send("DELETE", leases + "/mine", JSON, "");
        access.post(leases, "{\"metadata\": {\"name\": \"mine\"}}");
        Answer refused = fenced(fence, "POST", maps, "{\"metadata\": {\"name\": \"too-late\"}}");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.json().path("message").asText()).contains("leads no more");
        assertThat(fenced(fence, "PUT", maps + "/fenced", "{\"metadata\": {\"name\": \"fenced\"}}")
                        .code())
                .isEqualTo(403);
        assertThat(fenced(fence, "DELETE", maps + "/fenced", "").code()).isEqualTo(403);
        assertThat(cluster.get(maps + "/fenced").json().at("/data/a").asText()).isEqualTo("b");
        assertThat(fenced("nonsense", "DELETE", maps + "/fenced", "").code()).isEqualTo(400);
    }

    private static Answer fenced(String fence, String method, String path, String body) {
        return cluster.send(cluster.to(path)
                .header("Orchestrator-Fence", fence)
                .header("Content-Type", JSON)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void rolesForPeopleArePutTogetherFromTheirPartsAndTakeNewOnesIn() {
        access.post(RBAC + "/clusterroles", """
            {"metadata": {"name": "see-widgets", "labels": {"rbac.authorization.k8s.io/aggregate-to-view": "true"}},
             "rules": [{"verbs": ["get"], "apiGroups": ["acme.com"], "resources": ["widgets"]}]}\
            """);

        AccessedCluster.until(
                () -> cluster.get(RBAC + "/clusterroles/admin").text().contains("widgets"));
        assertThat(cluster.get(RBAC + "/clusterroles/view").text())
                .contains("\"pods/log\"")
                .doesNotContain("\"secrets\"");
    }

    @Test
    void anAgentSeesAndWritesWhatBelongsToItsNodeAlone() {
        access.post("/api/v1/nodes", "{\"metadata\": {\"name\": \"n1\"}}");
        access.post("/api/v1/nodes", "{\"metadata\": {\"name\": \"n2\"}}");
        access.post("/api/v1/namespaces/default/secrets", "{\"metadata\": {\"name\": \"mounted\"}}");
        access.post("/api/v1/namespaces/default/secrets", "{\"metadata\": {\"name\": \"other\"}}");
        access.post("/api/v1/namespaces/default/pods", """
            {"metadata": {"name": "on-n1"}, "spec": {"nodeName": "n1", "containers": [{"name": "a", "image": "x"}],
             "volumes": [{"name": "s", "secret": {"secretName": "mounted"}}]}}\
            """);
        String mounted = "/api/v1/namespaces/default/secrets/mounted";
        AccessedCluster.until(() -> access.asNode("n1", "GET", mounted, "").code() == 200);
        assertThat(access.asNode("n2", "GET", mounted, "").text())
                .contains("no relationship found between node 'n2' and this object");
        assertThat(access.asNode("n1", "GET", "/api/v1/namespaces/default/secrets/other", "")
                        .code())
                .isEqualTo(403);
        assertThat(access.asNode("n1", "GET", "/api/v1/namespaces/default/secrets", "")
                        .code())
                .isEqualTo(403);
        String systems = "/api/v1/namespaces/kube-system/configmaps";
        access.post(systems, "{\"metadata\": {\"name\": \"pod-routes\"}}");
        access.post(systems, "{\"metadata\": {\"name\": \"others\"}}");
        assertThat(access.asNode("n1", "GET", systems + "/pod-routes", "").code())
                .isEqualTo(200);
        assertThat(access.asNode("n1", "DELETE", systems + "/pod-routes", "").code())
                .isEqualTo(403);
        assertThat(access.asNode("n1", "GET", systems + "/others", "").code()).isEqualTo(403);
        assertThat(access.asNode("n1", "GET", "/api/v1/pods", "").code()).isEqualTo(200);
        assertThat(access.asNode("n2", "DELETE", "/api/v1/namespaces/default/pods/on-n1", "")
                        .text())
                .contains("can only delete pods with spec.nodeName set to itself");
        ObjectNode other = (ObjectNode) cluster.get("/api/v1/nodes/n2").json();
        other.withObject("/metadata").remove("resourceVersion");
        other.withObject("/metadata/labels").put("mine", "now");
        assertThat(access.asNode("n1", "PUT", "/api/v1/nodes/n2", other.toString())
                        .text())
                .contains("is not allowed to modify node");
    }

    private static String binding(String name, String role) {
        return "{\"metadata\": {\"name\": \"" + name + "\"}, \"roleRef\": {\"apiGroup\": \"rbac.authorization.k8s.io\","
                + " \"kind\": \"ClusterRole\", \"name\": \"" + role + "\"}, \"subjects\": []}";
    }
}
