package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.client.config.KubeconfigAccess;
import io.orchestrator.core.client.config.KubeconfigFiles;
import io.orchestrator.core.client.config.PodAccess;
import io.orchestrator.core.client.http.HttpSettings;
import io.orchestrator.core.client.http.HttpTransport;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client on a running server, by what a plugin and what a pod's own files say. */
@Timeout(120)
class ClientConfigurationTest {
    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";

    private static AccessedCluster access;

    @TempDir
    Path folder;

    private SystemEnvironment threads;
    private final List<Client> clients = new ArrayList<>();
    private final SetClock clock = new SetClock();

    /** A clock that stands until it is set. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeAll
    static void start() {
        access = new AccessedCluster();
    }

    @AfterAll
    static void stop() {
        access.close();
    }

    @BeforeEach
    void open() throws IOException {
        threads = new SystemEnvironment("client-configuration");
        Path plugin = folder.resolve("plugin");
        // It answers with what lies in the file beside it, and notes that it was asked.
        Files.writeString(plugin, """
            #!/bin/sh
            echo run >> "$FOLDER/runs"
            cat "$FOLDER/answer"
            """);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void close() {
        clients.forEach(Client::close);
        threads.close();
    }

    private Environment environment() {
        Environment real = threads.environment();
        return new Environment(clock, real.nanoTime(), real.timers(), real.executor(), real.random());
    }

    private Client client(ClusterAccess to) {
        Client client = new Client(new HttpTransport(
                to, HttpSettings.of("configuration/1"), new ObjectCodec(new Schemas()), environment()));
        clients.add(client);
        return client;
    }

    private Client withPlugin() throws IOException {
        Path file = Files.writeString(folder.resolve("config"), """
            current-context: c
            contexts:
            - {name: c, context: {cluster: one, user: me}}
            clusters:
            - name: one
              cluster: {server: "%s", certificate-authority-data: %s}
            users:
            - name: me
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: ./plugin
                  interactiveMode: Never
                  env: [{name: FOLDER, value: '%s'}]
            """.formatted(
                        access.cluster.url(), base64(access.cluster.authorityPem()), folder));
        return client(new KubeconfigAccess(KubeconfigFiles.of(List.of(file)), environment()).of(""));
    }

    private void pluginAnswers(String status) throws IOException {
        Path fresh = Files.writeString(
                folder.resolve("answer.new"),
                "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{" + status
                        + "}}");
        Files.move(fresh, folder.resolve("answer"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String token(String token) {
        return "\"token\":\"" + token + "\"";
    }

    private String goodForAnHour() {
        return ",\"expirationTimestamp\":\"" + clock.instant().plus(Duration.ofHours(1)) + "\"";
    }

    private static String certificate(Identity identity) {
        return "\"clientCertificateData\":\"" + identity.certificatePem().replace("\n", "\\n")
                + "\",\"clientKeyData\":\"" + identity.keyPem().replace("\n", "\\n") + "\"";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private int pluginRuns() throws IOException {
        return Files.readAllLines(folder.resolve("runs")).size();
    }

    /** An account that may read pods, under a name of its own, since it is deleted to make its tokens worthless. */
    private static String account(String name) {
        access.post(ACCOUNTS, "{\"metadata\": {\"name\": \"" + name + "\"}}");
        access.post(AccessedCluster.RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "%1$s-reads"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
             "name": "reader"}, "subjects": [{"kind": "ServiceAccount", "name": "%1$s", "namespace": "default"}]}\
            """.formatted(name));
        String token = access.token(name, "{}");
        access.untilCode(token, "/api/v1/namespaces/default/pods", 200);
        return token;
    }

    private static void deleteAccount(String name, String itsToken) {
        access.cluster.send("DELETE", ACCOUNTS + "/" + name, "application/json", "");
        access.untilCode(itsToken, 401);
    }

    @Test
    void aPluginsTokenOpensTheServerUntilItExpiresAndTheNextOneIsFetchedThen() throws IOException {
        pluginAnswers(token(access.token("bot", "{}")) + goodForAnHour());
        Client client = withPlugin();
        assertThat(client.pods().list()).isEmpty();
        assertThat(client.pods().list()).isEmpty();
        assertThat(pluginRuns()).isEqualTo(1);

        clock.now = clock.now.plus(Duration.ofMinutes(61));
        pluginAnswers(token(access.token("bot", "{}")) + goodForAnHour());
        assertThat(client.pods().list()).isEmpty();
        assertThat(client.pods().list()).isEmpty();
        assertThat(pluginRuns()).isEqualTo(2);
        // What the account may not do, it may not do by our client either, and that is no reason to ask the plugin
        // again.
        ApiException forbidden =
                catchThrowableOfType(ApiException.class, () -> client.secrets().list());
        assertThat(forbidden.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(pluginRuns()).isEqualTo(2);
    }

    @Test
    void manyRequestsThatAreRefusedAtOnceFetchOneNewToken() throws Exception {
        String old = account("rotated");
        pluginAnswers(token(old));
        Client client = withPlugin();
        assertThat(client.pods().list()).isEmpty();
        deleteAccount("rotated", old);
        pluginAnswers(token(access.token("bot", "{}")));

        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            asked.add(CompletableFuture.supplyAsync(
                    () -> client.pods().list(), threads.environment().executor()));
        }
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(pluginRuns()).isEqualTo(2);
    }

    @Test
    void aTokenThatIsRefusedAgainIsTheServersLastWord() throws IOException {
        pluginAnswers(token("nonsense"));
        Client client = withPlugin();
        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> client.pods().list());
        assertThat(refused.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(pluginRuns()).isEqualTo(2);
    }

    @Test
    void aPluginsCertificateIsShownAndAnotherOneOnceItIsRefused() throws IOException {
        Identity strangers = CertificateAuthority.create("strangers", Clock.systemUTC(), threads.secureRandom())
                .issueClient("jane", List.of());
        pluginAnswers(certificate(strangers));
        Client client = withPlugin();
        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> client.pods().list());
        assertThat(refused.reason()).isEqualTo(Reason.UNAUTHORIZED);
        pluginAnswers(certificate(access.cluster.adminIdentity()));
        assertThat(client.secrets().list()).isNotNull();
    }

    @Test
    void aPodsOwnFilesLeadToTheServerAndATokenThatWasReplacedIsReadAtOnce() throws IOException {
        String old = account("in-a-pod");
        Path files = Files.createDirectories(folder.resolve("serviceaccount"));
        Files.writeString(files.resolve("token"), old);
        Files.writeString(files.resolve("ca.crt"), access.cluster.authorityPem());
        Files.writeString(files.resolve("namespace"), "default");
        URI server = URI.create(access.cluster.url());
        Map<String, String> variables = Map.of(
                "KUBERNETES_SERVICE_HOST",
                server.getHost(),
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getPort()));
        Client client =
                client(PodAccess.find(variables, files, threads.environment().nanoTime())
                        .orElseThrow());
        assertThat(client.pods().list()).isEmpty();

        deleteAccount("in-a-pod", old);
        Files.writeString(files.resolve("token"), access.token("bot", "{}"));
        assertThat(client.pods().list()).isEmpty();
    }
}
