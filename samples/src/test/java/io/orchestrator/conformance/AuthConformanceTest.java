package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.testkit.junit.Conformance;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class AuthConformanceTest {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String TOKENS = "/var/run/secrets/kubernetes.io/serviceaccount";
    /** Of a user of this test's, made with a key that nobody has kept. */
    private static final String REQUEST = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIY01JR0RBZ0VBTUNFeEREQUtC"
            + "Z05WQkFvTUEyVXlaVEVSTUE4R0ExVUVBd3dJWlRKbExYVnpaWEl3V1RBVApCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DQUFSYytz"
            + "dmZ2alhoeE9JRzJsbSs3a1NNTkY2WjRCN1RBeUk3ClhtU05sU0dBQzg0QTNXbXI1dGpJb0lzNHRZNk5nNWZDS1pDUURhVzQyODNDUldh"
            + "SzVWUnlvQUF3Q2dZSUtvWkkKemowRUF3SURTQUF3UlFJaEFMYlpmeExBUUx5NDY0eUJlRjZETUlVZ0tVVDdTaUI2RVlnVDNIMEs2Z3lv"
            + "QWlCRwpYQlFMdVhWaGZkTEJ4Kythb29vYUpMOEprbDlMOUNpbU1tYkxGdGtxcmc9PQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNU"
            + "LS0tLS0K";

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("auth");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance("[sig-auth] Certificates API should support CSR API operations")
    void requestsForCertificatesAreKeptApprovedAndAnswered() {
        String manifest = """
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata: {name: %%s}
                spec:
                  request: %s
                  signerName: example.com/e2e
                  expirationSeconds: 3600
                  usages: [digital signature, key encipherment, server auth]
                """.formatted(REQUEST);
        ApiOperations.ofClusterWide(cluster, "certificates.k8s.io", "v1", "certificatesigningrequests")
                .allWork(manifest);
        JsonNode resources = cluster.get("/apis/certificates.k8s.io/v1").json().path("resources");
        assertThat(resources.findValuesAsText("name"))
                .contains("certificatesigningrequests/approval", "certificatesigningrequests/status");

        JsonNode made = cluster.create(REQUESTS, manifest.formatted("answered"));
        assertThat(made.at("/spec/username").asText())
                .as("who asks, not who is asked for")
                .isNotEmpty();
        String approval = REQUESTS + "/answered/approval";
        assertThat(cluster.get(approval).mustBe(200).json().at("/metadata/uid")).isEqualTo(made.at("/metadata/uid"));
        JsonNode approved = cluster.edit(
                approval,
                request -> conditions(request)
                        .addObject()
                        .put("type", "Approved")
                        .put("status", "True")
                        .put("reason", "E2E")
                        .put("message", "Set from an e2e test"));
        assertThat(approved.at("/status/conditions/0/type").asText()).isEqualTo("Approved");
        JsonNode more = cluster.patch(
                        approval,
                        HttpCluster.MERGE,
                        "{\"metadata\":{\"annotations\":{\"patchedapproval\":\"true\"}},\"status\":{\"conditions\":"
                                + with(approved.at("/status/conditions"), "ApprovalPatch") + "}}")
                .mustBe(200)
                .json();
        assertThat(more.at("/status/conditions").findValuesAsText("type")).containsExactly("Approved", "ApprovalPatch");

        String status = REQUESTS + "/answered/status";
        String certificate = Base64.getEncoder()
                .encodeToString(cluster.kubeconfig().authorityPem().getBytes(StandardCharsets.US_ASCII));
        JsonNode answered = cluster.patch(
                        status,
                        HttpCluster.MERGE,
                        "{\"metadata\":{\"annotations\":{\"patchedstatus\":\"true\"}},\"status\":{\"certificate\":\""
                                + certificate + "\"}}")
                .mustBe(200)
                .json();
        assertThat(answered.at("/status/certificate").asText()).isEqualTo(certificate);
        JsonNode updated = cluster.edit(
                status,
                request -> conditions(request)
                        .addObject()
                        .put("type", "StatusUpdate")
                        .put("status", "True")
                        .put("reason", "E2E")
                        .put("message", "Set from an e2e test"));
        assertThat(updated.at("/status/conditions").findValuesAsText("type")).contains("Approved", "StatusUpdate");
        assertThat(cluster.get(status)
                        .mustBe(200)
                        .json()
                        .at("/status/certificate")
                        .asText())
                .isEqualTo(certificate);
        cluster.delete(REQUESTS + "/answered").mustBe(200);
    }

    private static ArrayNode conditions(ObjectNode request) {
        return request.withObjectProperty("status").withArrayProperty("conditions");
    }

    private static JsonNode with(JsonNode conditions, String type) {
        ArrayNode more = conditions.deepCopy();
        more.addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", "E2E")
                .put("message", "Set from an e2e test");
        return more;
    }

    @Test
    @Conformance(
            "[sig-auth] ServiceAccounts ServiceAccountIssuerDiscovery should support OIDC discovery of service account"
                    + " issuer")
    void whoeverIsShownATokenFindsTheKeyThatItWasSignedWith() throws IOException, GeneralSecurityException {
        JsonNode issued = cluster.create(
                CORE + "serviceaccounts/default/token",
                "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {audiences: [oidc-discovery-test],"
                        + " expirationSeconds: 3600}}");
        String[] token = issued.at("/status/token").asText().split("\\.");
        JsonNode header = decoded(token[0]);
        JsonNode claims = decoded(token[1]);
        JsonNode discovered =
                cluster.get("/.well-known/openid-configuration").mustBe(200).json();
        assertThat(discovered.path("issuer")).isEqualTo(claims.path("iss"));
        assertThat(discovered.path("response_types_supported").toString()).contains("id_token");
        assertThat(discovered.path("id_token_signing_alg_values_supported").toString())
                .contains(header.path("alg").asText());
        assertThat(claims.path("sub").asText()).isEqualTo("system:serviceaccount:default:default");
        assertThat(claims.path("aud").toString()).contains("oidc-discovery-test");

        JsonNode keys = cluster.get("/openid/v1/jwks").mustBe(200).json().path("keys");
        JsonNode key = null;
        for (JsonNode each : keys) {
            key = each.path("kid").equals(header.path("kid")) ? each : key;
        }
        assertThat(key).as("the key of the token among " + keys).isNotNull();
        assertThat(verified(token, key)).isTrue();
        assertThat(discovered.path("jwks_uri").asText()).endsWith("/openid/v1/jwks");
    }

    private static boolean verified(String[] token, JsonNode key) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point =
                new ECPoint(number(key.path("x").asText()), number(key.path("y").asText()));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
        signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token[2]));
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    private static JsonNode decoded(String part) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
    }

    @Test
    @Conformance("[sig-auth] ServiceAccounts should allow opting out of API token automount")
    void aPodSaysLastWhetherItGetsAToken() {
        cluster.create(CORE + "serviceaccounts", account("mount", ", automountServiceAccountToken: true"));
        cluster.create(CORE + "serviceaccounts", account("nomount", ", automountServiceAccountToken: false"));
        for (String account : new String[] {"default", "mount", "nomount"}) {
            assertThat(mounts(account, "")).as(account).isEqualTo(!account.equals("nomount"));
            assertThat(mounts(account, "true")).as(account).isTrue();
            assertThat(mounts(account, "false")).as(account).isFalse();
        }
    }

    private static String account(String name, String more) {
        return "{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + name + "}" + more + "}";
    }

    private static boolean mounts(String account, String wish) {
        JsonNode pod = cluster.create(
                CORE + "pods",
                "{apiVersion: v1, kind: Pod, metadata: {generateName: pod-}, spec: {serviceAccountName: " + account
                        + (wish.isEmpty() ? "" : ", automountServiceAccountToken: " + wish)
                        + ", containers: [{name: c, image: app}]}}");
        return pod.at("/spec/containers/0/volumeMounts")
                .findValuesAsText("mountPath")
                .contains(TOKENS);
    }

    @Test
    @Conformance("[sig-auth] ServiceAccounts should guarantee kube-root-ca.crt exist in any namespace")
    void everyNamespaceKnowsTheAuthority() {
        cluster.create("/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: fresh}}");
        String map = "/api/v1/namespaces/fresh/configmaps/kube-root-ca.crt";
        untilItHoldsTheAuthority(map);
        cluster.delete(map).mustBe(200);
        untilItHoldsTheAuthority(map);
        cluster.patch(map, HttpCluster.MERGE, "{data: {ca.crt: ''}}").mustBe(200);
        untilItHoldsTheAuthority(map);
    }

    private static void untilItHoldsTheAuthority(String map) {
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(map)
                        .json()
                        .at("/data/ca.crt")
                        .asText()
                        .trim()
                        .equals(cluster.kubeconfig().authorityPem().trim()));
    }

    @Test
    @Conformance("[sig-auth] SubjectReview should support SubjectReview API operations")
    void whetherSomebodyMayIsAnsweredForTheClusterAndForANamespace() {
        String user = "system:serviceaccount:default:e2e";
        cluster.create(CORE + "serviceaccounts", account("e2e", ""));
        String spec = "spec: {user: '" + user + "', resourceAttributes: {verb: list, resource: configmaps, namespace:"
                + " default, version: v1}}";
        String everywhere = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        String here = "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews";
        String review = "{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, " + spec + "}";
        String local = "{apiVersion: authorization.k8s.io/v1, kind: LocalSubjectAccessReview, metadata: {namespace:"
                + " default}, " + spec + "}";
        assertThat(cluster.create(everywhere, review).at("/status/allowed").asBoolean(true))
                .isFalse();
        assertThat(cluster.create(here, local).at("/status/allowed").asBoolean(true))
                .isFalse();
        cluster.create(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: e2e}, roleRef:"
                        + " {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: [{kind:"
                        + " ServiceAccount, name: e2e, namespace: default}]}");
        await().atMost(HttpCluster.PATIENCE)
                .until(() ->
                        cluster.create(everywhere, review).at("/status/allowed").asBoolean());
        JsonNode answer = cluster.create(here, local);
        assertThat(answer.at("/status/allowed").asBoolean()).isTrue();
        assertThat(answer.at("/spec/user").asText()).isEqualTo(user);
    }
}
