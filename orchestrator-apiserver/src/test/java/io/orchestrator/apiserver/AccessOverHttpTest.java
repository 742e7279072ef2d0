package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import io.orchestrator.core.auth.Identity;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, as a stranger's program finds it out: tokens, roles, impersonation, reviews. */
@Timeout(60)
class AccessOverHttpTest {
    private static final String JSON = "application/json";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    private static ServedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new ServedCluster(ApiServer.onPort(0));
        post(RBAC + "/clusterroles", """
            {"metadata": {"name": "reader"}, "rules": [{"verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods"]},
             {"verbs": ["get"], "apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["mine"]}]}\
            """);
        post(RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "jane-reads"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
             "name": "reader"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"},
             {"kind": "ServiceAccount", "name": "bot", "namespace": "default"}]}\
            """);
        post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\": {\"name\": \"bot\"}}");
        untilAllowed("jane");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aRoleAllowsWhatItSaysAndTheRefusalOfTheRestSaysWhoMayNotDoWhat() {
        assertThat(as("jane", "/api/v1/namespaces/default/pods").code()).isEqualTo(200);
        refused(
                as("jane", "/api/v1/namespaces/kube-system/pods"),
                "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace"
                        + " \"kube-system\"");
        refused(
                as("jane", "/apis/apps/v1/namespaces/default/deployments/web"),
                "deployments.apps \"web\" is forbidden: User \"jane\" cannot get resource \"deployments\" in API group"
                        + " \"apps\" in the namespace \"default\"");
        refused(
                as("jane", "/api/v1/nodes"),
                "nodes is forbidden: User \"jane\" cannot list resource \"nodes\" in API group \"\" at the cluster"
                        + " scope");
        refused(
                as("jane", "/api/v1/namespaces/default/pods/web/log"),
                "pods \"web\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the"
                        + " namespace \"default\"");
        refused(as("jane", "/metrics"), "forbidden: User \"jane\" cannot get path \"/metrics\"");
    }

    @Test
    void aRightToOneNameHoldsForThatNameAlone() {
        assertThat(as("jane", "/api/v1/namespaces/default/configmaps/mine").code())
                .isEqualTo(404);
        assertThat(as("jane", "/api/v1/namespaces/default/configmaps/other").code())
                .isEqualTo(403);
        assertThat(as("jane", "/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dmine")
                        .code())
                .as("the right is to get, not to list")
                .isEqualTo(403);
    }

    @Test
    void whoMayChangeAndNotCreateCreatesNothingByApplyOrUpdateEither() {
        post(RBAC + "/namespaces/default/roles", """
            {"metadata": {"name": "changer"}, "rules": [{"verbs": ["get", "patch", "update"], "apiGroups": [""],
             "resources": ["configmaps", "services"]}]}\
            """);
        post(RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "kim-changes"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role",
             "name": "changer"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "kim"}]}\
            """);
        post("/api/v1/namespaces/default/configmaps", "{\"metadata\": {\"name\": \"there\"}}");
        while (as("kim", "/api/v1/namespaces/default/configmaps/there").code() != 200) {
            Thread.onSpinWait();
        }

        assertThat(applyAs("kim", "there").code()).isEqualTo(200);
        refused(
                applyAs("kim", "new"),
                "configmaps \"new\" is forbidden: User \"kim\" cannot create resource \"configmaps\" in API group \"\""
                        + " in the namespace \"default\"");
        assertThat(as("kim", "/api/v1/namespaces/default/configmaps/new").code())
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
        assertThat(as("joe", "/apis").code()).isEqualTo(200);
        assertThat(as("joe", "/openapi/v3").code()).isEqualTo(200);
        assertThat(cluster.sendAsNobody(cluster.to("/healthz").build()).code()).isEqualTo(200);
        assertThat(cluster.sendAsNobody(cluster.to("/version").build()).code()).isEqualTo(200);
        assertThat(cluster.sendAsNobody(cluster.to("/api").build()).code()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"Bearer nonsense", "Bearer a.b.c", "Basic amFuZTpzZWNyZXQ=", "Bearer"})
    void aBadCredentialIsRefusedAndNotTakenForNone(String authorization) {
        Answer answer = cluster.sendAsNobody(
                cluster.to("/healthz").header("Authorization", authorization).build());

        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.json().path("reason").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void aTokenOfAServiceAccountOpensWhatTheAccountMay() {
        String token = token("bot", "{}");

        assertThat(with(token, "/api/v1/namespaces/default/pods").code()).isEqualTo(200);
        assertThat(with(token, "/api/v1/namespaces/default/secrets").text())
                .contains("User \\\"system:serviceaccount:default:bot\\\" cannot list resource \\\"secrets\\\"");
        assertThat(with(token + "x", "/api/v1/namespaces/default/pods").code()).isEqualTo(401);
    }

    @Test
    void aTokenForAnotherAudienceOrOfADeletedAccountIsUnauthorized() {
        assertThat(with(token("bot", "{\"spec\": {\"audiences\": [\"vault\"]}}"), "/api")
                        .code())
                .isEqualTo(401);
        post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\": {\"name\": \"brief\"}}");
        String token = token("brief", "{}");
        assertThat(with(token, "/api").code()).isEqualTo(200);
        cluster.send("DELETE", "/api/v1/namespaces/default/serviceaccounts/brief", JSON, "");
        untilCode(token, 401);
    }

    @Test
    void aTokenReviewSaysWhoseATokenIsAndForWhom() {
        String token = token("bot", "{\"spec\": {\"audiences\": [\"vault\"]}}");

        JsonNode good = review(
                "authentication.k8s.io/v1/tokenreviews",
                "{\"spec\": {\"token\": \"" + token + "\", \"audiences\": [\"vault\", \"other\"]}}");
        assertThat(good.path("authenticated").asBoolean()).isTrue();
        assertThat(good.path("user").path("username").asText()).isEqualTo("system:serviceaccount:default:bot");
        assertThat(good.path("audiences").toString()).isEqualTo("[\"vault\"]");
        JsonNode bad = review("authentication.k8s.io/v1/tokenreviews", "{\"spec\": {\"token\": \"" + token + "\"}}");
        assertThat(bad.path("authenticated").asBoolean()).isFalse();
        assertThat(bad.path("error").asText()).contains("audiences");
    }

    @Test
    void othersCanCheckTokensByTheDocumentsOfTheIssuer() {
        JsonNode configuration =
                cluster.get("/.well-known/openid-configuration").json();
        JsonNode keys = cluster.get("/openid/v1/jwks").json();

        assertThat(configuration.path("jwks_uri").asText()).isEqualTo(cluster.url() + "/openid/v1/jwks");
        assertThat(keys.path("keys")).hasSize(1);
        assertThat(keys.path("keys").path(0).has("d")).as("the private half").isFalse();
        String token = token("bot", "{}");
        assertThat(with(token, "/openid/v1/jwks").code())
                .as("service accounts may")
                .isEqualTo(200);
        assertThat(as("jane", "/openid/v1/jwks").code()).isEqualTo(403);
    }

    @Test
    void reviewsAnswerForOneselfAndForOthersAndAreNotStored() {
        String jane = "\"user\": \"jane\", ";
        String list =
                "\"resourceAttributes\": {\"verb\": \"list\", \"resource\": \"pods\", \"namespace\": \"default\"}";

        JsonNode status = review("authorization.k8s.io/v1/subjectaccessreviews", "{\"spec\": {" + jane + list + "}}");
        assertThat(status.path("allowed").asBoolean()).isTrue();
        assertThat(status.path("reason").asText())
                .isEqualTo("RBAC: allowed by RoleBinding \"jane-reads/default\" of ClusterRole \"reader\" to User"
                        + " \"jane\"");
        assertThat(review(
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

        String token = token("bot", "{}");
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
        post(RBAC + "/namespaces/default/roles", """
            {"metadata": {"name": "delegate"}, "rules": [{"verbs": ["get", "list", "create"], "apiGroups": ["rbac.authorization.k8s.io"],
             "resources": ["roles", "rolebindings"]}, {"verbs": ["bind"], "apiGroups": ["rbac.authorization.k8s.io"],
             "resources": ["clusterroles"], "resourceNames": ["view"]}]}\
            """);
        post(RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "delegates"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role",
             "name": "delegate"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "dora"}]}\
            """);
        String roles = RBAC + "/namespaces/default/roles";
        while (as("dora", roles).code() != 200) {
            Thread.onSpinWait();
        }
        String secrets =
                "{\"metadata\": {\"name\": \"greedy\"}, \"rules\": [{\"verbs\": [\"get\", \"list\"], \"apiGroups\":"
                        + " [\"\"], \"resources\": [\"secrets\"]}]}";

        refused(
                postAs("dora", roles, secrets),
                "roles.rbac.authorization.k8s.io \"greedy\" is forbidden: user \"dora\""
                        + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
                        + " held:\n{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}");
        assertThat(postAs("dora", roles, """
            {"metadata": {"name": "modest"}, "rules": [{"verbs": ["get"], "apiGroups": ["rbac.authorization.k8s.io"],
             "resources": ["roles"]}]}\
            """).code()).isEqualTo(201);
        assertThat(postAs("dora", RBAC + "/namespaces/default/rolebindings", binding("a", "cluster-admin"))
                        .code())
                .isEqualTo(403);
        assertThat(postAs("dora", RBAC + "/namespaces/default/rolebindings", binding("b", "no-such-role"))
                        .code())
                .isEqualTo(404);
        assertThat(postAs("dora", RBAC + "/namespaces/default/rolebindings", binding("c", "view"))
                        .code())
                .as("dora may bind it")
                .isEqualTo(201);
    }

    @Test
    void aWriteThatNamesALeaseIsRefusedOnceThatOneIsGone() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        String maps = "/api/v1/namespaces/default/configmaps";
        post(leases, "{\"metadata\": {\"name\": \"mine\"}}");
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
        post(leases, "{\"metadata\": {\"name\": \"mine\"}}");
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
        post(RBAC + "/clusterroles", """
            {"metadata": {"name": "see-widgets", "labels": {"rbac.authorization.k8s.io/aggregate-to-view": "true"}},
             "rules": [{"verbs": ["get"], "apiGroups": ["acme.com"], "resources": ["widgets"]}]}\
            """);

        while (!cluster.get(RBAC + "/clusterroles/admin").text().contains("widgets")) {
            Thread.onSpinWait();
        }
        assertThat(cluster.get(RBAC + "/clusterroles/view").text())
                .contains("\"pods/log\"")
                .doesNotContain("\"secrets\"");
    }

    @Test
    void aSecretOfAServiceAccountGetsItsTokenAndRevokesItWhenItGoes() {
        post("/api/v1/namespaces/default/secrets", """
            {"metadata": {"name": "bot-token", "annotations": {"kubernetes.io/service-account.name": "bot"}},
             "type": "kubernetes.io/service-account-token"}\
            """);
        String path = "/api/v1/namespaces/default/secrets/bot-token";
        while (!cluster.get(path).json().path("data").has("token")) {
            Thread.onSpinWait();
        }
        JsonNode data = cluster.get(path).json().path("data");
        assertThat(data.has("ca.crt")).isTrue();
        String token = new String(
                java.util.Base64.getDecoder().decode(data.path("token").asText()));
        assertThat(with(token, "/api/v1/namespaces/default/pods").code()).isEqualTo(200);

        cluster.send("DELETE", path, JSON, "");
        assertThat(with(token, "/api/v1/namespaces/default/pods").code()).isEqualTo(401);
    }

    @Test
    void everyNamespaceHoldsTheCertificateOfTheAuthorityAndPodsAreGivenTheirToken() {
        String path = "/api/v1/namespaces/default/configmaps/kube-root-ca.crt";
        while (cluster.get(path).code() != 200) {
            Thread.onSpinWait();
        }
        assertThat(cluster.get(path).json().path("data").path("ca.crt").asText())
                .startsWith("-----BEGIN CERTIFICATE");
        post("/api/v1/namespaces/default/pods", """
            {"metadata": {"name": "mounts"}, "spec": {"containers": [{"name": "a", "image": "x"}]}}\
            """);
        JsonNode spec =
                cluster.get("/api/v1/namespaces/default/pods/mounts").json().path("spec");
        assertThat(spec.path("containers")
                        .path(0)
                        .path("volumeMounts")
                        .path(0)
                        .path("mountPath")
                        .asText())
                .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
        assertThat(spec.path("volumes").path(0).path("name").asText()).startsWith("kube-api-access-");
        assertThat(spec.path("volumes").path(0).path("projected").path("sources"))
                .hasSize(3);
        post("/api/v1/namespaces/default/pods", """
            {"metadata": {"name": "mounts-not"}, "spec": {"automountServiceAccountToken": false,
             "containers": [{"name": "a", "image": "x"}]}}\
            """);
        assertThat(cluster.get("/api/v1/namespaces/default/pods/mounts-not")
                        .json()
                        .path("spec")
                        .has("volumes"))
                .isFalse();
    }

    @Test
    void aRequestForACertificateIsApprovedByWhoMaySignedAndGoodForALogin() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        String requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        String spec = ", \"signerName\": \"kubernetes.io/kube-apiserver-client\", \"expirationSeconds\": 3600,"
                + " \"usages\": [\"client auth\"]}}";
        post(
                requests,
                "{\"metadata\": {\"name\": \"carl\"}, \"spec\": {\"request\": \"" + request(keys, "CN=jane,O=dev")
                        + "\"" + spec);
        assertThat(cluster.send(
                                "POST",
                                requests,
                                JSON,
                                "{\"metadata\": {\"name\": \"root\"}, \"spec\": {\"request\": \""
                                        + request(keys, "CN=jane,O=system:masters") + "\"" + spec)
                        .code())
                .isEqualTo(403);
        ObjectNode approved = (ObjectNode) cluster.get(requests + "/carl").json();
        approved.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", "Approved")
                .put("status", "True");

        cluster.send("PUT", requests + "/carl/approval", JSON, approved.toString());
        while (!cluster.get(requests + "/carl").json().path("status").has("certificate")) {
            Thread.onSpinWait();
        }
        String pem = new String(Base64.getDecoder()
                .decode(cluster.get(requests + "/carl")
                        .json()
                        .path("status")
                        .path("certificate")
                        .asText()));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem.getBytes()));
        assertThat(certificate.getNotAfter())
                .isBefore(java.util.Date.from(Instant.now().plusSeconds(3700)));
        HttpClient jane = HttpClient.newBuilder()
                .sslContext(cluster.tls(new Identity(certificate, keys.getPrivate())))
                .build();
        assertThat(ServedCluster.exchange(
                                jane,
                                cluster.to("/api/v1/namespaces/default/pods").build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private static String request(KeyPair keys, String subject) throws Exception {
        byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE REQUEST-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes());
    }

    @Test
    void anAgentSeesAndWritesWhatBelongsToItsNodeAlone() {
        post("/api/v1/nodes", "{\"metadata\": {\"name\": \"n1\"}}");
        post("/api/v1/nodes", "{\"metadata\": {\"name\": \"n2\"}}");
        post("/api/v1/namespaces/default/secrets", "{\"metadata\": {\"name\": \"mounted\"}}");
        post("/api/v1/namespaces/default/secrets", "{\"metadata\": {\"name\": \"other\"}}");
        post("/api/v1/namespaces/default/pods", """
            {"metadata": {"name": "on-n1"}, "spec": {"nodeName": "n1", "containers": [{"name": "a", "image": "x"}],
             "volumes": [{"name": "s", "secret": {"secretName": "mounted"}}]}}\
            """);
        String mounted = "/api/v1/namespaces/default/secrets/mounted";
        while (asNode("n1", "GET", mounted, "").code() != 200) {
            Thread.onSpinWait();
        }
        assertThat(asNode("n2", "GET", mounted, "").text())
                .contains("no relationship found between node 'n2' and this object");
        assertThat(asNode("n1", "GET", "/api/v1/namespaces/default/secrets/other", "")
                        .code())
                .isEqualTo(403);
        assertThat(asNode("n1", "GET", "/api/v1/namespaces/default/secrets", "").code())
                .isEqualTo(403);
        assertThat(asNode("n1", "GET", "/api/v1/pods", "").code()).isEqualTo(200);
        assertThat(asNode("n2", "DELETE", "/api/v1/namespaces/default/pods/on-n1", "")
                        .text())
                .contains("can only delete pods with spec.nodeName set to itself");
        ObjectNode other = (ObjectNode) cluster.get("/api/v1/nodes/n2").json();
        other.withObject("/metadata").remove("resourceVersion");
        other.withObject("/metadata/labels").put("mine", "now");
        assertThat(asNode("n1", "PUT", "/api/v1/nodes/n2", other.toString()).text())
                .contains("is not allowed to modify node");
    }

    private static Answer asNode(String node, String method, String path, String body) {
        return cluster.send(cluster.to(path)
                .header("Impersonate-User", "system:node:" + node)
                .header("Impersonate-Group", "system:nodes")
                .header("Content-Type", JSON)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String binding(String name, String role) {
        return "{\"metadata\": {\"name\": \"" + name + "\"}, \"roleRef\": {\"apiGroup\": \"rbac.authorization.k8s.io\","
                + " \"kind\": \"ClusterRole\", \"name\": \"" + role + "\"}, \"subjects\": []}";
    }

    private static Answer postAs(String user, String path, String body) {
        return cluster.send(cluster.to(path)
                .header("Impersonate-User", user)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static void refused(Answer answer, String message) {
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.json().path("reason").asText()).isEqualTo("Forbidden");
        assertThat(answer.json().path("message").asText()).isEqualTo(message);
    }

    private static JsonNode review(String path, String body) {
        Answer answer = cluster.send("POST", "/apis/" + path, JSON, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
        return answer.json().path("status");
    }

    private static String token(String account, String request) {
        Answer answer =
                cluster.send("POST", "/api/v1/namespaces/default/serviceaccounts/" + account + "/token", JSON, request);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
        return answer.json().path("status").path("token").asText();
    }

    private static Answer as(String user, String path) {
        return cluster.send(cluster.to(path).header("Impersonate-User", user).build());
    }

    private static Answer with(String token, String path) {
        return cluster.sendAsNobody(
                cluster.to(path).header("Authorization", "Bearer " + token).build());
    }

    private static void post(String path, String body) {
        Answer answer = cluster.send("POST", path, JSON, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    }

    /** Roles come to the authorizer by a watch. */
    private static void untilAllowed(String user) {
        while (as(user, "/api/v1/namespaces/default/pods").code() != 200) {
            Thread.onSpinWait();
        }
    }

    private static void untilCode(String token, int code) {
        while (with(token, "/api").code() != code) {
            Thread.onSpinWait();
        }
    }
}
