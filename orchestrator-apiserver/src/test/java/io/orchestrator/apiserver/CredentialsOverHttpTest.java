package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import io.orchestrator.core.auth.Identity;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
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

/** What callers show to prove who they are: tokens, certificates, and where they get them. */
@Timeout(240)
class CredentialsOverHttpTest {
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
        String token = access.token("bot", "{}");

        assertThat(access.with(token, "/api/v1/namespaces/default/pods").code()).isEqualTo(200);
        assertThat(access.with(token, "/api/v1/namespaces/default/secrets").text())
                .contains("User \\\"system:serviceaccount:default:bot\\\" cannot list resource \\\"secrets\\\"");
        assertThat(access.with(token + "x", "/api/v1/namespaces/default/pods").code())
                .isEqualTo(401);
    }

    @Test
    void aTokenMayComeAsASubprotocolOfAWebSocket() {
        access.post(AccessedCluster.RBAC + "/namespaces/default/roles", """
            {"metadata": {"name": "watcher"}, "rules": [{"verbs": ["watch"], "apiGroups": [""], "resources": ["pods"]}]}""");
        access.post(AccessedCluster.RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "bot-watches"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role",
             "name": "watcher"}, "subjects": [{"kind": "ServiceAccount", "name": "bot", "namespace": "default"}]}""");
        String token = access.token("bot", "{}");
        String path = "/api/v1/namespaces/default/pods?watch=true&timeoutSeconds=1";
        access.untilCode(token, path, 200);

        try (TestSocket socket = socket(path, subprotocol(token), "base64.binary.k8s.io")) {
            assertThat(socket.subprotocol()).isEqualTo("base64.binary.k8s.io");
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
        assertThat(refusal(path, subprotocol(token + "x"), "base64.binary.k8s.io"))
                .isEqualTo(401);
        assertThat(refusal(path, subprotocol(token)))
                .as("one must be left to be spoken")
                .isEqualTo(401);
        assertThat(refusal(path, subprotocol(token), subprotocol(token + "x"), "base64.binary.k8s.io"))
                .isEqualTo(401);
    }

    private static String subprotocol(String token) {
        return "base64url.bearer.authorization.k8s.io."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private TestSocket socket(String path, String... subprotocols) {
        HttpClient browser =
                HttpClient.newBuilder().sslContext(cluster.tls(null)).build();
        return TestSocket.open(browser, cluster.url() + path, subprotocols);
    }

    private int refusal(String path, String... subprotocols) {
        UncheckedIOException refused = catchThrowableOfType(
                UncheckedIOException.class, () -> socket(path, subprotocols).close());
        return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }

    @Test
    void aTokenForAnotherAudienceOrOfADeletedAccountIsUnauthorized() {
        assertThat(access.with(access.token("bot", "{\"spec\": {\"audiences\": [\"vault\"]}}"), "/api")
                        .code())
                .isEqualTo(401);
        access.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\": {\"name\": \"brief\"}}");
        String token = access.token("brief", "{}");
        assertThat(access.with(token, "/api").code()).isEqualTo(200);
        cluster.send("DELETE", "/api/v1/namespaces/default/serviceaccounts/brief", JSON, "");
        access.untilCode(token, 401);
    }

    @Test
    void aTokenReviewSaysWhoseATokenIsAndForWhom() {
        String token = access.token("bot", "{\"spec\": {\"audiences\": [\"vault\"]}}");

        JsonNode good = access.review(
                "authentication.k8s.io/v1/tokenreviews",
                "{\"spec\": {\"token\": \"" + token + "\", \"audiences\": [\"vault\", \"other\"]}}");
        assertThat(good.path("authenticated").asBoolean()).isTrue();
        assertThat(good.path("user").path("username").asText()).isEqualTo("system:serviceaccount:default:bot");
        assertThat(good.path("audiences").toString()).isEqualTo("[\"vault\"]");
        JsonNode bad =
                access.review("authentication.k8s.io/v1/tokenreviews", "{\"spec\": {\"token\": \"" + token + "\"}}");
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
        String token = access.token("bot", "{}");
        assertThat(access.with(token, "/openid/v1/jwks").code())
                .as("service accounts may")
                .isEqualTo(200);
        assertThat(access.as("jane", "/openid/v1/jwks").code()).isEqualTo(403);
    }

    @Test
    void aSecretOfAServiceAccountGetsItsTokenAndRevokesItWhenItGoes() {
        access.post("/api/v1/namespaces/default/secrets", """
            {"metadata": {"name": "bot-token", "annotations": {"kubernetes.io/service-account.name": "bot"}},
             "type": "kubernetes.io/service-account-token"}\
            """);
        String path = "/api/v1/namespaces/default/secrets/bot-token";
        AccessedCluster.until(() -> cluster.get(path).json().path("data").has("token"));
        JsonNode data = cluster.get(path).json().path("data");
        assertThat(data.has("ca.crt")).isTrue();
        String token = new String(
                java.util.Base64.getDecoder().decode(data.path("token").asText()));
        assertThat(access.with(token, "/api/v1/namespaces/default/pods").code()).isEqualTo(200);

        cluster.send("DELETE", path, JSON, "");
        assertThat(access.with(token, "/api/v1/namespaces/default/pods").code()).isEqualTo(401);
    }

    @Test
    void everyNamespaceHoldsTheCertificateOfTheAuthorityAndPodsAreGivenTheirToken() {
        String path = "/api/v1/namespaces/default/configmaps/kube-root-ca.crt";
        AccessedCluster.until(() -> cluster.get(path).code() == 200);
        assertThat(cluster.get(path).json().path("data").path("ca.crt").asText())
                .startsWith("-----BEGIN CERTIFICATE");
        access.post("/api/v1/namespaces/default/pods", """
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
        access.post("/api/v1/namespaces/default/pods", """
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
        access.post(
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
        AccessedCluster.until(
                () -> cluster.get(requests + "/carl").json().path("status").has("certificate"));
        String pem = new String(Base64.getDecoder()
                .decode(cluster.get(requests + "/carl")
                        .json()
                        .path("status")
                        .path("certificate")
                        .asText()));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
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
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
