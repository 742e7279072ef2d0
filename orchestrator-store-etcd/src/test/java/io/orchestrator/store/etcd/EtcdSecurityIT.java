package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import io.orchestrator.testkit.store.RecordingSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that does not talk to everybody. */
@RequiresEtcd
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EtcdSecurityIT {
    private static final StoreKey A = new StoreKey("/things/a");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final CertificateAuthority authority =
            CertificateAuthority.create("etcd-ca", Clock.systemUTC(), new SecureRandom());

    @Test
    void certificatesOfBothSidesAreUsedAndAskedFor() throws Exception {
        Path ca = file("ca.pem", authority.certificatePem());
        Identity server = authority.issueServer(List.of("localhost"), List.of("127.0.0.1"));
        Identity client = authority.issueClient("orchestrator", List.of());
        Path certificate = file("client.pem", client.certificatePem());
        Path key = file("client.key", client.keyPem());
        try (EtcdProcess etcd = EtcdProcess.startSecured(
                ca, file("server.pem", server.certificatePem()), file("server.key", server.keyPem()))) {
            try (EtcdStore store = EtcdStore.at(etcd.endpoint())
                    .trust(ca)
                    .clientCertificate(certificate, key)
                    .open()) {
                long start = retrying(store::revision);
                RecordingSink sink = new RecordingSink(start, PATIENCE);
                store.watch(new StoreKey("/things/"), start, sink);
                Entry written = store.put(A, value("one"), Expect.absent());
                assertThat(sink.awaitRevision(written.revision())).hasSize(1);
            }
            Path strangers = file(
                    "strangers.pem",
                    CertificateAuthority.create("other-ca", Clock.systemUTC(), new SecureRandom())
                            .certificatePem());
            assertUnreachable(EtcdStore.at(etcd.endpoint()).trust(strangers).clientCertificate(certificate, key));
            assertUnreachable(EtcdStore.at(etcd.endpoint()).trust(ca));
        }
    }

    private static void assertUnreachable(EtcdStoreBuilder builder) {
        try (EtcdStore store = builder.deadline(Duration.ofSeconds(1)).open()) {
            assertThatThrownBy(store::revision).isInstanceOf(StoreException.Unavailable.class);
        }
    }

    @Test
    void aFileThatIsNoCertificateIsNamedWhenTheStoreIsOpened() throws Exception {
        Path nonsense = file("nonsense.pem", "nonsense");
        assertThatThrownBy(() ->
                        EtcdStore.at("https://127.0.0.1:1").trust(nonsense).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense.pem");
    }

    @Test
    void aUserOfEtcdReachesItsOwnNamespaceAlsoAfterEtcdForgotItsToken() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start()) {
            allowUserOnly(etcd, "orchestrator", "secret", "/mine");
            try (EtcdStore store = EtcdStore.at(etcd.endpoint())
                    .namespace("/mine")
                    .user("orchestrator", "secret")
                    .deadline(Duration.ofSeconds(2))
                    .pingEvery(Duration.ofMillis(500))
                    .open()) {
                long start = retrying(store::revision);
                RecordingSink sink = new RecordingSink(start, PATIENCE);
                store.watch(new StoreKey("/things/"), start, sink);
                retrying(() -> store.put(A, value("one"), Expect.anything()));
                // Its tokens lie in memory only.
                etcd.kill();
                etcd.restart();
                Entry two = retrying(() -> store.put(A, value("two"), Expect.anything()));
                assertThat(store.list(new StoreKey("/things/"), ListQuery.all()).entries())
                        .hasSize(1);
                assertThat(sink.awaitRevision(two.revision())).hasSizeGreaterThanOrEqualTo(2);
                assertThat(sink.violations()).isEmpty();
            }
        }
    }

    @Test
    void whatAUserMayNotWriteIsRefused() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start()) {
            allowUserOnly(etcd, "orchestrator", "secret", "/mine");
            try (EtcdStore theirs = EtcdStore.at(etcd.endpoint())
                    .namespace("/theirs")
                    .user("orchestrator", "secret")
                    .open()) {
                assertThatThrownBy(() -> retrying(() -> theirs.put(A, value("one"), Expect.anything())))
                        .isInstanceOf(StoreException.Refused.class);
            }
            try (EtcdStore nobody =
                    EtcdStore.at(etcd.endpoint()).namespace("/mine").open()) {
                assertThatThrownBy(() -> retrying(() -> nobody.put(A, value("one"), Expect.anything())))
                        .isInstanceOf(StoreException.Refused.class);
            }
        }
    }

    private static void allowUserOnly(EtcdProcess etcd, String user, String password, String namespace)
            throws Exception {
        try (Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
            Auth auth = client.getAuthClient();
            ByteSequence root = bytes("root");
            auth.userAdd(root, root).get();
            auth.roleAdd(root).get();
            auth.userGrantRole(root, root).get();
            auth.userAdd(bytes(user), bytes(password)).get();
            auth.roleAdd(bytes(user)).get();
            auth.roleGrantPermission(
                            bytes(user), bytes(namespace + "/"), bytes(namespace + "0"), Permission.Type.READWRITE)
                    .get();
            auth.userGrantRole(bytes(user), bytes(user)).get();
            auth.authEnable().get();
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static StoreValue value(String text) {
        return StoreValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static <T> T retrying(Callable<T> call) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreException.Unavailable.class)
                .until(call, answer -> answer != null);
    }
}
