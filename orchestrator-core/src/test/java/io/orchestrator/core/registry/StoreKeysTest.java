package io.orchestrator.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreKeysTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, pods, default, web, /registry/pods/default/web",
                "-, namespaces, -, default, /registry/namespaces/default",
                "-, services, default, web, /registry/services/specs/default/web",
                "-, endpoints, default, web, /registry/services/endpoints/default/web",
                "-, nodes, -, worker, /registry/minions/worker",
                "-, replicationcontrollers, default, web, /registry/controllers/default/web",
                "apps, deployments, default, web, /registry/deployments/default/web",
                "batch, cronjobs, default, nightly, /registry/cronjobs/default/nightly",
                "networking.k8s.io, ingresses, default, web, /registry/ingress/default/web",
                "networking.k8s.io, ingressclasses, -, nginx, /registry/ingressclasses/nginx",
                "coordination.k8s.io, leases, kube-node-lease, worker, /registry/leases/kube-node-lease/worker",
                "rbac.authorization.k8s.io, clusterroles, -, view, /registry/clusterroles/view",
                "apiextensions.k8s.io, customresourcedefinitions, -, widgets.example.com,"
                        + " /registry/apiextensions.k8s.io/customresourcedefinitions/widgets.example.com",
                "example.com, widgets, default, one, /registry/example.com/widgets/default/one"
            })
    void anObjectStandsWhereKubernetesWouldPutIt(
            String group, String plural, String namespace, String name, String expected) {
        ResourceType<Unstructured> type =
                ResourceType.unstructured(group == null ? "" : group, "v1", "Any", plural, namespace != null);
        assertThat(StoreKeys.key(type, namespace == null ? "" : namespace, name).path())
                .isEqualTo(expected);
    }

    @Test
    void aDefinedResourceDoesNotMeetOneOfKubernetesThoughItsGroupIsOneOfKubernetes() {
        ResourceType<Unstructured> pods = ResourceType.unstructured("storage.k8s.io", "v1", "Pod", "pods", true);
        assertThat(StoreKeys.folder(pods).path()).isEqualTo("/registry/storage.k8s.io/pods/");
    }

    @Test
    void noKindStandsInTheFolderOfAnother() {
        Set<String> folders = new HashSet<>();
        Set<String> withGroup = new TreeSet<>();
        for (ResourceStrategy<?> strategy :
                BuiltInKinds.catalog(RangeAllocator.standard(new Random(1))).strategies()) {
            String folder = StoreKeys.folder(strategy.type()).path();
            assertThat(folders).noneMatch(folder::startsWith).noneMatch(other -> other.startsWith(folder));
            folders.add(folder);
            if (folder.contains(".")) {
                withGroup.add(folder);
            }
        }
        assertThat(folders).hasSizeGreaterThan(40);
        assertThat(withGroup).isEmpty();
    }
}
