package io.orchestrator.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator who knows Kubernetes finds with {@code etcdctl}. */
@RequiresEtcd
@Timeout(120)
class EtcdLayoutIT {
    private static EtcdProcess etcd;
    private static Cluster cluster;
    private static io.etcd.jetcd.Client raw;

    @BeforeAll
    static void open() throws Exception {
        etcd = EtcdProcess.start();
        cluster = Cluster.builder()
                .store(EtcdStore.at(etcd.endpoint()).open())
                .nodes(0)
                .start();
        raw = io.etcd.jetcd.Client.builder().endpoints(etcd.endpoint()).build();
        Client client = cluster.client();
        client.create(Deployment.named("web").container("main", "any", c -> c).build());
        client.create(Service.named("web").port(80).build());
    }

    @AfterAll
    static void close() throws Exception {
        raw.close();
        cluster.close();
        etcd.close();
    }

    @Test
    void eachObjectIsJsonUnderTheKeyThatKubernetesGivesIt() throws Exception {
        assertThat(value("/registry/deployments/default/web"))
                .startsWith("{")
                .contains("\"kind\":\"Deployment\"", "\"apiVersion\":\"apps/v1\"", "\"name\":\"web\"");
        assertThat(value("/registry/services/specs/default/web")).contains("\"kind\":\"Service\"");
        assertThat(value("/registry/namespaces/kube-system")).contains("\"kind\":\"Namespace\"");
    }

    /** Its revision is etcd's own, and would be another with the next write. */
    @Test
    void theVersionOfAnObjectIsEtcdsAndIsNotWrittenIntoIt() throws Exception {
        String version = cluster.client().services().get("web").metadata().resourceVersion();
        KeyValue stored = read("/registry/services/specs/default/web").get(0);
        assertThat(version).isEqualTo(Long.toString(stored.getModRevision()));
        assertThat(stored.getValue().toString(UTF_8)).doesNotContain("resourceVersion");
    }

    @Test
    void allThatIsInEtcdIsUnderTheTwoRootsThatAreDocumented() throws Exception {
        assertThat(raw.getKVClient()
                        .get(
                                ByteSequence.from("/", UTF_8),
                                GetOption.builder().isPrefix(true).build())
                        .get()
                        .getKvs())
                .hasSizeGreaterThan(20)
                .allSatisfy(each -> assertThat(each.getKey().toString(UTF_8)).matches("/(registry|orchestrator)/.*"));
    }

    private static String value(String key) throws Exception {
        List<KeyValue> found = read(key);
        assertThat(found).as(key).hasSize(1);
        return found.get(0).getValue().toString(UTF_8);
    }

    private static List<KeyValue> read(String key) throws Exception {
        return raw.getKVClient().get(ByteSequence.from(key, UTF_8)).get().getKvs();
    }
}
