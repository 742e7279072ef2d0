package io.orchestrator.core.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.env.SystemEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kubeconfig files as kubectl reads them. */
@Timeout(60)
class KubeconfigTest {
    @TempDir
    Path folder;

    private SystemEnvironment threads;

    @BeforeEach
    void open() {
        threads = new SystemEnvironment("kubeconfig");
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ClusterAccess read(String context, Path... files) {
        return new KubeconfigAccess(KubeconfigFiles.of(List.of(files)), threads.environment()).of(context);
    }

    private ClusterAccess withUser(String user) throws IOException {
        return withClusterAndUser("server: https://one:6443", user);
    }

    private ClusterAccess withClusterAndUser(String cluster, String user) throws IOException {
        return read("", file("config", """
            apiVersion: v1
            kind: Config
            current-context: c
            contexts:
            - {name: c, context: {cluster: one, user: me, namespace: team}}
            clusters:
            - name: one
              cluster: {%s}
            users:
            - name: me
              user: {%s}
            """.formatted(cluster, user)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Identity identity() {
        return CertificateAuthority.create("test", Clock.systemUTC(), threads.secureRandom())
                .issueClient("me", List.of("dev"));
    }

    @Test
    void theCurrentContextIsTakenWithItsNamespaceUnlessAnotherIsNamed() throws IOException {
        Path config = file("config", """
            current-context: one
            contexts:
            - {name: one, context: {cluster: first, user: me, namespace: team}}
            - {name: two, context: {cluster: second}}
            clusters:
            - {name: first, cluster: {server: "https://one:6443"}}
            - {name: second, cluster: {server: "https://two:6443/below"}}
            users:
            - {name: me, user: {token: secret}}
            """);
        assertThat(read("", config).servers()).hasToString("[https://one:6443]");
        assertThat(read("", config).namespace()).isEqualTo("team");
        assertThat(read("two", config).servers()).hasToString("[https://two:6443/below]");
        assertThat(read("two", config).namespace()).isEqualTo("default");
        assertThat(read("two", config).credentials().current()).isEqualTo(Credentials.Shown.nothing());
        assertThatThrownBy(() -> read("three", config)).hasMessageContaining("\"three\" does not exist");
    }

    @Test
    void ofSeveralFilesTheFirstCountsAndPathsAreMeantFromTheirOwn() throws IOException {
        Path first = file("a/config", """
            contexts:
            - {name: one, context: {cluster: shared, user: me}}
            clusters:
            - {name: shared, cluster: {server: "https://first:6443"}}
            """);
        Path second = file("b/config", """
            current-context: one
            clusters:
            - {name: shared, cluster: {server: "https://second:6443"}}
            users:
            - {name: me, user: {tokenFile: the-token}}
            """);
        file("b/the-token", "from-b\n");
        ClusterAccess access = read("", first, second);
        assertThat(access.servers()).hasToString("[https://first:6443]");
        assertThat(access.credentials().current()).isEqualTo(Credentials.Shown.bearer("from-b"));
    }

    @Test
    void theVariableNamesSeveralFilesOfWhichSomeMayBeMissing() throws IOException {
        Path there = file("config", "current-context: x\n");
        assertThat(KubeconfigFiles.ofEnvironment(Map.of("KUBECONFIG", folder.resolve("missing") + ":" + there)))
                .isPresent();
        assertThat(KubeconfigFiles.ofEnvironment(
                        Map.of("KUBECONFIG", folder.resolve("missing").toString())))
                .isEmpty();
    }

    @Test
    void aTokenFileIsReadAgainWhenItWasRefused() throws IOException {
        Path token = file("token", "old");
        Credentials credentials = withUser("tokenFile: token").credentials();
        Credentials.Shown old = credentials.current();
        Files.writeString(token, "new");
        assertThat(credentials.current()).isEqualTo(old);
        assertThat(credentials.refused(old)).isTrue();
        assertThat(credentials.current()).isEqualTo(Credentials.Shown.bearer("new"));
        assertThat(credentials.refused(credentials.current())).isFalse();
    }

    @Test
    void certificatesAreReadFromDataAndFromFiles() throws IOException {
        Identity me = identity();
        ClusterAccess data = withUser("client-certificate-data: " + base64(me.certificatePem()) + ", client-key-data: "
                + base64(me.traditionalKeyPem()));
        assertThat(data.credentials().current().identity().orElseThrow().certificate())
                .isEqualTo(me.certificate());
        file("me.crt", me.certificatePem());
        file("me.key", me.keyPem());
        ClusterAccess files = withUser("client-certificate: me.crt, client-key: me.key");
        assertThat(files.credentials().current().identity().orElseThrow().key()).isEqualTo(me.key());
        assertThatThrownBy(() -> withUser("client-certificate: me.crt")).hasMessageContaining("without its key");
    }

    @Test
    void aUserMayHaveAPassword() throws IOException {
        assertThat(withUser("username: me, password: secret")
                        .credentials()
                        .current()
                        .authorization())
                .isEqualTo("Basic " + base64("me:secret"));
        assertThatThrownBy(() -> withUser("username: me, password: secret, token: t"))
                .hasMessageContaining("more than one authentication method");
    }

    @Test
    void aServerIsKnownByItsAuthorityOrNotLookedAt() throws IOException {
        file("ca.crt", identity().certificatePem());
        assertThat(withClusterAndUser("server: https://one, certificate-authority: ca.crt", "")
                        .trust()
                        .authorities())
                .hasSize(1);
        ServerTrust trust = withClusterAndUser(
                        "server: https://one, insecure-skip-tls-verify: true, tls-server-name: other", "")
                .trust();
        assertThat(trust.insecure()).isTrue();
        assertThat(trust.serverName()).isEqualTo("other");
        assertThatThrownBy(() -> withClusterAndUser(
                        "server: https://one, certificate-authority: ca.crt, insecure-skip-tls-verify: true", ""))
                .hasMessageContaining("insecure");
    }

    @Test
    void proxiesThatAreNotSupportedAreRefused() throws IOException {
        assertThat(withClusterAndUser("server: https://one, proxy-url: 'http://proxy:3128'", "")
                        .proxy())
                .isPresent();
        assertThatThrownBy(() -> withClusterAndUser("server: https://one, proxy-url: 'socks5://proxy:1080'", ""))
                .hasMessageContaining("not supported");
    }

    @Test
    void impersonationIsReadWhole() throws IOException {
        Impersonation onBehalf = withUser("as: jane, as-uid: '7', as-groups: [dev], as-user-extra: {why: [test]}")
                .impersonation();
        assertThat(onBehalf).isEqualTo(new Impersonation("jane", "7", List.of("dev"), Map.of("why", List.of("test"))));
        assertThatThrownBy(() -> withUser("as-groups: [dev]")).hasMessageContaining("without impersonating");
    }

    @Test
    void aPluginIsRunOnceUntilItsAnswerExpiresOrIsRefused() throws IOException {
        Path plugin = file("bin/plugin", """
            #!/bin/sh
            n=$(cat "$COUNT" 2>/dev/null || echo 0); n=$((n+1)); echo $n > "$COUNT"
            echo "$KUBERNETES_EXEC_INFO" > "$COUNT.info"
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'$1-$n'"'$2'}}'
            """);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
        Path count = folder.resolve("count");
        String exec = "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/plugin, args: [word%s],"
                + " provideClusterInfo: true, env: [{name: COUNT, value: '" + count + "'}]}";
        Credentials kept = withUser(exec.formatted("")).credentials();
        assertThat(kept.current()).isEqualTo(Credentials.Shown.bearer("word-1"));
        assertThat(kept.current()).isEqualTo(Credentials.Shown.bearer("word-1"));
        assertThat(kept.refused(kept.current())).isTrue();
        assertThat(kept.current()).isEqualTo(Credentials.Shown.bearer("word-2"));
        assertThat(Files.readString(Path.of(count + ".info"))).contains("\"server\":\"https://one:6443\"");
        Credentials expired = withUser(exec.formatted(", ',\"expirationTimestamp\":\"2001-01-01T00:00:00Z\"'"))
                .credentials();
        assertThat(expired.current()).isEqualTo(Credentials.Shown.bearer("word-3"));
        assertThat(expired.current()).isEqualTo(Credentials.Shown.bearer("word-4"));
    }

    @Test
    void aPluginThatFailsOrIsMissingSaysWhy() throws IOException {
        String exec = "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: sh, args: [-c, '%s'],"
                + " installHint: get it}";
        assertThatThrownBy(() -> withUser(exec.formatted("echo no luck >&2; exit 3"))
                        .credentials()
                        .current())
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no luck");
        assertThatThrownBy(() -> withUser(exec.replace("command: sh", "command: no-such-program-here")
                                .formatted(""))
                        .credentials()
                        .current())
                .hasMessageContaining("get it");
        assertThatThrownBy(() -> withUser("exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: sh}"))
                .hasMessageContaining("v1 and v1beta1");
    }

    @Test
    void whatKubernetesNoLongerHasIsRefused() {
        assertThatThrownBy(() -> withUser("auth-provider: {name: gcp}")).hasMessageContaining("exec plugin");
    }

    @Test
    void aPodFindsTheApiByItsOwnFiles() throws IOException {
        file("account/token", "pod-token");
        file("account/ca.crt", identity().certificatePem());
        file("account/namespace", "team\n");
        Map<String, String> variables =
                Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443");
        ClusterAccess access = PodAccess.find(
                        variables,
                        folder.resolve("account"),
                        threads.environment().nanoTime())
                .orElseThrow();
        assertThat(access.servers()).hasToString("[https://10.96.0.1:443]");
        assertThat(access.namespace()).isEqualTo("team");
        assertThat(access.credentials().current()).isEqualTo(Credentials.Shown.bearer("pod-token"));
        assertThat(PodAccess.find(
                        Map.of(),
                        folder.resolve("account"),
                        threads.environment().nanoTime()))
                .isEmpty();
    }
}
