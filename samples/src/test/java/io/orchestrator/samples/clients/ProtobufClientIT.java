package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.ProtoClient.ObjectOrStatus;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.orchestrator.api.model.apps.Deployment;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the official client's own messages make of our protobuf, which they were not made from. */
@Timeout(240)
class ProtobufClientIT {
    private static ClientCluster cluster;
    private static ProtoClient client;

    private String namespace;

    @BeforeAll
    static void open() throws IOException {
        cluster = new ClientCluster("protobuf");
        client = new ProtoClient(
                ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(cluster.kubeconfig())))
                        .build());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void nameSpace() {
        namespace = cluster.newNamespace();
    }

    private static <T extends Message> T found(ObjectOrStatus<T> answer) {
        assertThat(answer.status).isNull();
        return answer.object;
    }

    @Test
    void anObjectIsMadeReadListedAndDeleted() throws ApiException, IOException {
        String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
        V1.ConfigMap map = V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("settings").setNamespace(namespace))
                .putData("color", "gr\u00fcn")
                .build();
        V1.ConfigMap made = found(client.create(map, maps, "v1", "ConfigMap"));
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThat(made.getMetadata().getCreationTimestamp().getSeconds()).isPositive();
        assertThat(made.getMetadata().getManagedFields(0).getFieldsV1().getRaw().toStringUtf8())
                .contains("f:color");
        V1.ConfigMap read = found(client.get(V1.ConfigMap.newBuilder(), maps + "/settings"));
        assertThat(read).isEqualTo(made);
        V1.ConfigMapList list = found(client.list(V1.ConfigMapList.newBuilder(), maps));
        assertThat(list.getItemsList()).contains(made);
        assertThat(list.getMetadata().getResourceVersion()).isNotEmpty();
        ObjectOrStatus<V1.ConfigMap> again = client.create(map, maps, "v1", "ConfigMap");
        assertThat(again.status.getReason()).isEqualTo("AlreadyExists");
        assertThat(again.status.getCode()).isEqualTo(409);
        assertThat(client.delete(V1.ConfigMap.newBuilder(), maps + "/settings")
                        .status
                        .getStatus())
                .isEqualTo("Success");
    }

    @Test
    void largeObjectsArriveWhole() throws ApiException, IOException {
        cluster.observer()
                .inNamespace(namespace)
                .create(Deployment.named("web")
                        .replicas(0)
                        .container("web", "nginx:1.27", c -> c.port(80).memory("64Mi"))
                        .build());
        V1Apps.Deployment web = found(client.get(
                V1Apps.Deployment.newBuilder(), "/apis/apps/v1/namespaces/" + namespace + "/deployments/web"));
        V1.Container container = web.getSpec().getTemplate().getSpec().getContainers(0);
        assertThat(web.getSpec().getReplicas()).isZero();
        assertThat(web.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getStrVal())
                .isEqualTo("25%");
        assertThat(container.getPorts(0).getContainerPort()).isEqualTo(80);
        assertThat(container.getResources().getRequestsOrThrow("memory").getString())
                .isEqualTo("64Mi");
        V1Rbac.ClusterRoleList roles = found(
                client.list(V1Rbac.ClusterRoleList.newBuilder(), "/apis/rbac.authorization.k8s.io/v1/clusterroles"));
        assertThat(roles.getItemsList())
                .anySatisfy(role -> assertThat(role.getMetadata().getName()).isEqualTo("cluster-admin"));
        V1.NodeList nodes = found(client.list(V1.NodeList.newBuilder(), "/api/v1/nodes"));
        assertThat(nodes.getItems(0).getStatus().getNodeInfo().getKubeletVersion())
                .startsWith("v1.32");
        assertThat(nodes.getItems(0).getStatus().getCapacityOrThrow("cpu").getString())
                .isNotEmpty();
    }
}
